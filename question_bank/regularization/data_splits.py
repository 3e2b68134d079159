r"""Train, validation and test split

<story> $N = <samples>$ labelled samples. They are split into the shares $f_{\text{train}} = <train_share>$ for training,
$f_{\text{val}} = <validation_share>$ for validation and $f_{\text{test}} = <test_share>$ for testing (all shares are of the whole data).

The training part alone is then used for $k$-fold cross-validation with $k = <folds>$ folds of equal size.

How many samples are in each part, and how many are in one fold?
"""

from dlexam import by_level, one_of, step

about = dict(minutes=3, tags=["data split", "cross-validation"], symbols=dict(samples="N", folds="k"))

given = dict(
    fractions=by_level(
        one_of([0.6, 0.2, 0.2], [0.6, 0.3, 0.1], [0.7, 0.1, 0.2], [0.8, 0.1, 0.1], [0.8, 0.15, 0.05], [0.7, 0.2, 0.1]),
        one_of([0.7, 0.15, 0.15], [0.8, 0.12, 0.08], [0.75, 0.15, 0.1], [0.65, 0.15, 0.2], [0.6, 0.25, 0.15]),
        one_of([0.85, 0.1, 0.05], [0.72, 0.18, 0.1], [0.64, 0.16, 0.2], [0.9, 0.06, 0.04], [0.96, 0.02, 0.02]),
    ),
    folds=by_level(one_of(2, 4, 5), one_of(3, 4, 5, 10), one_of(5, 6, 8, 10)),
    samples=lambda level, folds, random: folds * by_level(20, 100, 100)(level) * random.randint(*by_level((2, 20), (5, 60), (30, 400))(level)),
)

words = dict(
    story=one_of("A hospital has", "A project has collected", "A data set holds", "For a bird classifier there are", "A speech data set has"),
)


@step(symbol=r"f_{\text{train}}")
def train_share(fractions):
    return fractions[0]


@step(symbol=r"f_{\text{val}}")
def validation_share(fractions):
    return fractions[1]


@step(symbol=r"f_{\text{test}}")
def test_share(fractions):
    return fractions[2]


@step(symbol=r"\text{train}", marks=1)
def train(samples, train_share):
    """The weights are learned from these."""
    return round(samples * train_share)


@step(symbol=r"\text{validation}", marks=1)
def validation(samples, validation_share):
    """Hyperparameters are chosen on these. The share is taken of all samples."""
    return round(samples * validation_share)


@validation.mistake()
def validation_from_train(train, validation_share):
    """You took the validation share of the training part; all shares are of the whole data."""
    return round(train * validation_share)


@validation.mistake()
def validation_from_rest(samples, train, validation_share):
    """You took the share of what is left after the training part is taken away; all shares are of the whole data."""
    return round((samples - train) * validation_share)


@step(symbol=r"\text{test}", marks=1)
def test(samples, test_share):
    """These are touched only once, at the very end."""
    return round(samples * test_share)


@test.mistake(when=lambda validation_share, test_share: validation_share != test_share)
def validation_and_test_swapped(samples, validation_share):
    """This is the validation part."""
    return round(samples * validation_share)


@step(symbol=r"\text{fold}", marks=1, tex=r"\frac{<train>}{<folds>}")
def fold_size(train, folds):
    """Cross-validation cuts the training part into equal folds; each is held out once."""
    return train // folds


@fold_size.mistake()
def folds_of_all_samples(samples, folds):
    """You cut all samples into folds; here only the training part is."""
    return samples // folds


@fold_size.mistake(when=lambda folds: folds > 2)
def kept_for_training(train, folds):
    """This is what remains to train on when one fold is held out; one fold itself is asked."""
    return train - train // folds


pytorch = """
import torch

data = torch.arange(<samples>)
parts = torch.utils.data.random_split(data, <fractions>)
train, validation, test = (len(part) for part in parts)
fold_size = len(torch.arange(train).chunk(<folds>)[0])
"""
