r"""Accuracy, precision, recall and F1

<story>

| | predicted positive | predicted negative |
|---|---|---|
| actually positive | <tp> | <fn> |
| actually negative | <fp> | <tn> |

Compute the accuracy, the precision $P$, the recall $R$ and the $F_1$ score, as numbers between 0 and 1.
"""

from dlexam import by_level, integers, one_of, step

about = dict(minutes=5, tags=["metrics", "confusion matrix"], symbols=dict(tp=r"\text{TP}", fp=r"\text{FP}", fn=r"\text{FN}", tn=r"\text{TN}"))

given = dict(
    tp=by_level(integers(3, 12), integers(20, 90), integers(15, 80)),
    fn=by_level(integers(1, 8), integers(5, 40), integers(5, 60)),
    fp=by_level(integers(1, 8), integers(5, 40), integers(10, 120)),
    tn=by_level(integers(3, 12), integers(20, 150), integers(800, 9800)),  # rare positives: accuracy alone looks too good
)

words = dict(
    story=lambda level: one_of(
        "A bank looks for fraud (positive) among card payments; fraud is rare.",
        "A screening test looks for a rare disease (positive).",
        "A network looks for cracks (positive) in pictures of a railway track; few pictures show one.",
    ) if level == 3 else one_of(
        "A spam filter (positive: spam) is tested on a mailbox.",
        "A network says whether an X-ray image shows pneumonia (positive).",
        "A model predicts which customers will cancel their contract (positive).",
        "A detector says whether a photograph shows a cat (positive).",
    )
)


@step(symbol=r"\text{accuracy}", marks=1)
def accuracy(tp, tn, fp, fn):
    r"""The share of all samples that are classified correctly: the true positives ($\text{TP}$) and the true negatives ($\text{TN}$).
    The rest are false positives ($\text{FP}$) and false negatives ($\text{FN}$)."""
    return (tp + tn) / (tp + tn + fp + fn)


@accuracy.mistake()
def true_negatives_forgotten(tp, tn, fp, fn):
    """You counted the true positives only; the <tn> true negatives are classified correctly as well."""
    return tp / (tp + tn + fp + fn)


@step(symbol="P", marks=1)
def precision(tp, fp):
    """The share of the samples *predicted* positive that really are: look down the column."""
    return tp / (tp + fp)


@precision.mistake()
def precision_recall_swapped(tp, fn):
    r"""This is the recall; the precision divides by all samples that were *predicted* positive, $<tp> + <fp>$."""
    return tp / (tp + fn)


@step(symbol="R", marks=1)
def recall(tp, fn):
    """The share of the *actually* positive samples that were found: look along the row."""
    return tp / (tp + fn)


@recall.mistake()
def recall_precision_swapped(tp, fp):
    r"""This is the precision; the recall divides by all samples that *are* positive, $<tp> + <fn>$."""
    return tp / (tp + fp)


@recall.mistake()
def specificity(tn, fp):
    """This is the specificity, the share of the negative samples that were recognised; the recall is about the positive ones."""
    return tn / (tn + fp)


@step(symbol=r"F_1", marks=2)
def f1(precision, recall):
    """$F_1$ is the harmonic mean of precision and recall, which is high only if both are high."""
    return 2 * precision * recall / (precision + recall)


@f1.mistake()
def arithmetic_mean(precision, recall):
    """You took the arithmetic mean; $F_1$ is the harmonic mean, $2PR / (P + R)$."""
    return (precision + recall) / 2


@f1.mistake()
def factor_two_forgotten(precision, recall):
    """You lost the factor 2: $2PR / (P + R)$."""
    return precision * recall / (precision + recall)


pytorch = """
import torch

truth = torch.tensor([1] * <tp> + [1] * <fn> + [0] * <fp> + [0] * <tn>)
called = torch.tensor([1] * <tp> + [0] * <fn> + [1] * <fp> + [0] * <tn>)
accuracy = (called == truth).double().mean().item()
precision = truth[called == 1].double().mean().item()
recall = called[truth == 1].double().mean().item()
f1 = 2 / (1 / precision + 1 / recall)
"""
