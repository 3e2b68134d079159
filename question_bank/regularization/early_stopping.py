r"""Early stopping

<story> without early stopping, the losses on the validation data after each epoch would be those in the table.

Early stopping with a patience of <patience> stops the training as soon as <patience> epochs in a row have brought no new minimum of
this loss. Then the weights of the best epoch so far are restored. (Otherwise training ends with the last epoch.)

From which epoch are the weights that you get, and after which epoch does training stop? Count epochs from 1.
"""

from numpy import argmin
from numpy import array as numbers

from dlexam import by_level, one_of, step
from dlexam.blocks import Table, Text

about = dict(minutes=4, tags=["early stopping"])


def draw_losses(level, patience, random):
    """Losses that fall, then do not for long enough; from level 2 on with a bump before the minimum. None ties with a minimum."""
    value = random.randint(60, 180)
    losses = [value]
    for bump in [0] * random.randint(1, 3) + [patience - 1] * (level - 1) + [0] * random.randint(0, 1):
        losses += [value + random.randint(1, 9) for _ in range(bump)]
        value -= random.randint(3, 12)
        losses.append(value)
    losses += [value + random.randint(1, 15) for _ in range(patience + 1)]
    recovery = [value - random.randint(1, 6)] if random.random() < 0.6 else []
    return numbers(losses + recovery + [value + random.randint(1, 15)]) / 100


def stop_at(validation, patience, reset=True):
    """The epoch after which training stops."""
    best, waited = validation[0] + 1, 0
    for epoch, loss in enumerate(validation, 1):
        waited = waited + 1 if loss >= best else 0 if reset else waited
        best = min(best, loss)
        if waited == patience:
            return epoch
    return len(validation)


given = dict(
    patience=by_level(2, one_of(2, 3), one_of(2, 3, 4)),
    validation=draw_losses,
)

words = dict(story=one_of("A network is trained, and", "A language model is fine-tuned, and", "An image classifier starts to overfit:"))


def figure(validation):
    epochs = ["epoch", *map(str, range(1, len(validation) + 1))]
    losses = ["loss", *(f"{loss:.2f}" for loss in validation)]
    return Table(tuple((Text(text),) for text in epochs), (tuple((Text(text),) for text in losses),))


@step
def last(validation, patience):
    return stop_at(validation, patience)


@step(symbol=r"\text{best epoch}", marks=1)
def best_epoch(validation, last):
    """The smallest loss among the epochs that were really trained; what would have come later is never seen."""
    best = argmin(validation[:last])
    return int(best) + 1


@best_epoch.mistake(when=lambda validation, last: argmin(validation) >= last)
def training_to_the_end(validation):
    """You took the minimum of the whole table; training had stopped before that epoch."""
    return int(argmin(validation)) + 1


@best_epoch.mistake()
def last_weights(last):
    """These are the weights at the stop; those of the best epoch are restored."""
    return last


@best_epoch.mistake()
def counted_from_zero(validation, last):
    """You counted epochs from 0; the first one has the number 1."""
    return int(argmin(validation[:last]))


@step(symbol=r"\text{last epoch}", marks=2)
def stop_epoch(last):
    """Count the epochs since the last minimum; a new minimum sets the count back to 0."""
    epoch = last
    return epoch


@stop_epoch.mistake(when=lambda validation, patience, last: last < len(validation))
def patience_off_by_one(validation, patience):
    """You waited for one more epoch; training stops after <patience> epochs in a row without a new minimum."""
    return stop_at(validation, patience + 1)


@stop_epoch.mistake(when=lambda validation, patience, last: last < len(validation) != stop_at(validation, patience + 1))
def never_stopped(validation):
    """You trained to the end of the table; the patience had run out before."""
    return len(validation)


@stop_epoch.mistake(when=lambda patience: patience > 1)
def stopped_at_once(validation):
    """You stopped at the first epoch without a new minimum; the patience allows for some."""
    return stop_at(validation, 1)


@stop_epoch.mistake(when=lambda validation, patience, last: stop_at(validation, patience, reset=False) not in (last, stop_at(validation, 1)))
def count_not_reset(validation, patience):
    """You counted all epochs without a new minimum; they must be in a row, so a new minimum sets the count back to 0."""
    return stop_at(validation, patience, reset=False)


@stop_epoch.working
def counting(validation, last):
    rows, waited = [], 0
    for epoch, loss in enumerate(validation[:last], 1):
        new = epoch == 1 or loss < min(validation[: epoch - 1])
        waited = 0 if new else waited + 1
        rows.append(tuple((Text(text),) for text in (str(epoch), f"{loss:.2f}", "new minimum" if new else f"{waited} without")))
    return Table(((Text("epoch"),), (Text("loss"),), (Text("count"),)), tuple(rows))


pytorch = """
import torch

losses = torch.tensor(<validation>)
running = torch.cummin(losses, dim=0).indices + 1  # the best epoch so far, after each epoch
waited = torch.arange(1, len(losses) + 1) - running
out_of_patience = (waited >= <patience>).nonzero().flatten() + 1
stop_epoch = int(out_of_patience[0]) if len(out_of_patience) else len(losses)
best_epoch = int(running[stop_epoch - 1])
"""
