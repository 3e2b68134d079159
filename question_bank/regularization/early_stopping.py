r"""Early stopping

<story> Without early stopping, the losses on the validation data after each epoch would be those in the table.

Early stopping with a patience of <patience> stops the training as soon as <patience> epochs in a row have brought no new minimum of
this loss. Then the weights of the best epoch so far are restored. (Otherwise training ends with the last epoch.)

From which epoch are the weights that you get, and after which epoch does training stop? Count epochs from 1.
"""

from numpy import argmin, cumsum, sign
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


def waits(validation):
    """For each epoch, how many epochs ago the minimum so far was."""
    return [epoch - int(argmin(validation[: epoch + 1])) for epoch in range(len(validation))]


def stop_at(counts, patience):
    """The first epoch whose count has reached the patience, else the last one."""
    return next((epoch for epoch, count in enumerate(counts, 1) if count >= patience), len(counts))


given = dict(
    patience=by_level(2, one_of(2, 3), one_of(2, 3, 4)),
    validation=draw_losses,
)

words = dict(story=one_of("A network is trained.", "A language model is fine-tuned.", "An image classifier starts to overfit."))


def shown(loss):
    """A loss with two decimals, or with all that it has."""
    return f"{loss:.2f}" if round(loss, 2) == loss else f"{loss:g}"


def figure(validation):
    epochs = ["epoch", *map(str, range(1, len(validation) + 1))]
    losses = ["loss", *map(shown, validation)]
    return Table(tuple((Text(text),) for text in epochs), (tuple((Text(text),) for text in losses),))


@step
def last(validation, patience):
    return stop_at(waits(validation), patience)


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
def stop_epoch(validation, patience):
    """Count the epochs since the last minimum; a new minimum sets the count back to 0."""
    counts = waits(validation)
    return stop_at(counts, patience)


@stop_epoch.mistake(when=lambda validation, patience, last: last < len(validation))
def patience_off_by_one(validation, patience):
    """You waited for one more epoch; training stops after <patience> epochs in a row without a new minimum."""
    return stop_at(waits(validation), patience + 1)


@stop_epoch.mistake(when=lambda validation, patience, last: last < len(validation) and len(validation) != stop_at(waits(validation), patience + 1))
def never_stopped(validation):
    """You trained to the end of the table; the patience had run out before."""
    return len(validation)


@stop_epoch.mistake(when=lambda patience: patience > 1)
def stopped_at_once(validation):
    """You stopped at the first epoch without a new minimum; the patience allows for some."""
    return stop_at(waits(validation), 1)


@stop_epoch.mistake(when=lambda validation, patience, last: stop_at(cumsum(sign(waits(validation))), patience) not in (last, stop_at(waits(validation), 1)))
def count_not_reset(validation, patience):
    """You counted all epochs without a new minimum; they must be in a row, so a new minimum sets the count back to 0."""
    return stop_at(cumsum(sign(waits(validation))), patience)


@stop_epoch.working
def counting(validation, last):
    counts = enumerate(zip(validation, waits(validation)[:last]), 1)
    rows = [(str(epoch), shown(loss), f"{count} without" if count else "new minimum") for epoch, (loss, count) in counts]
    return Table(((Text("epoch"),), (Text("loss"),), (Text("count"),)), tuple(tuple((Text(t),) for t in row) for row in rows))


pytorch = """
import torch

losses = torch.tensor(<validation>)
running = torch.cummin(losses, dim=0).indices + 1  # the best epoch so far, after each epoch
waited = torch.arange(1, len(losses) + 1) - running
out_of_patience = (waited >= <patience>).nonzero().flatten() + 1
stop_epoch = int(out_of_patience[0]) if len(out_of_patience) else len(losses)
best_epoch = int(running[stop_epoch - 1])
"""
