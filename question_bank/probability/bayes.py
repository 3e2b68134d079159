r"""Bayes' rule

<story>

How probable is <positive> in total (the evidence), and how probable is it that <ill>, given <positive> (the posterior)?
"""

from dlexam import by_level, grid, one_of, step

about = dict(minutes=5, tags=["probability", "bayes"], decimals=4)

given = dict(
    prior=by_level(grid(0.1, 0.5, by=0.05), grid(0.01, 0.2, by=0.01), grid(0.002, 0.05, by=0.001)),
    sensitivity=by_level(grid(0.6, 0.95, by=0.05), grid(0.7, 0.98, by=0.01), grid(0.75, 0.995, by=0.005)),
    specificity=by_level(grid(0.6, 0.95, by=0.05), grid(0.75, 0.98, by=0.01), grid(0.8, 0.995, by=0.005)),
)

STORIES = (
    (
        "A disease affects a share of $<prior>$ of the people who are tested (the prior). The test is positive for $<sensitivity>$ of those who are ill (its sensitivity) and negative for "
        "$<specificity>$ of those who are healthy (its specificity).",
        "a positive test",
        "a person is ill",
    ),
    (
        "A share of $<prior>$ of all e-mails is spam (the prior). The filter flags $<sensitivity>$ of the spam (its sensitivity), and lets $<specificity>$ of the good mails pass without a flag (its "
        "specificity).",
        "a flag",
        "an e-mail is spam",
    ),
    (
        "In a factory, a share of $<prior>$ of the parts has a crack (the prior). A network that looks at photos raises an alarm for $<sensitivity>$ of the cracked parts (its sensitivity), and raises none for "
        "$<specificity>$ of the sound ones (its specificity).",
        "an alarm",
        "a part has a crack",
    ),
    (
        "A share of $<prior>$ of the payments with a credit card is fraud (the prior). A model marks $<sensitivity>$ of the fraud as suspicious (its sensitivity), and leaves $<specificity>$ of the honest "
        "payments unmarked (its specificity).",
        "a mark",
        "a payment is fraud",
    ),
)

words = dict(
    number=lambda prior: one_of(*(n for n, usual in enumerate((True, prior >= 0.1, prior <= 0.2, prior <= 0.05)) if usual)),  # fraud is rare
    story=lambda number: STORIES[number][0],
    positive=lambda number: STORIES[number][1],
    ill=lambda number: STORIES[number][2],
)


@step(symbol=r"\text{evidence}", marks=2, carry=lambda p: 0 < p <= 1, tex=r"<sensitivity> \cdot <prior> + (1 - <specificity>) \cdot (1 - <prior>)")
def evidence(sensitivity, prior, specificity):
    r"""There are two ways to <positive>: a right one and a false one. Of the negative cases, the share $1 - \text{specificity}$ is wrongly positive."""
    return sensitivity * prior + (1 - specificity) * (1 - prior)


@evidence.mistake()
def specificity_as_false_positive_rate(sensitivity, prior, specificity):
    """You took the specificity for the share of false positives; it is the share of *right* negatives, and the rest, $1 - <specificity>$, is falsely positive."""
    return sensitivity * prior + specificity * (1 - prior)


@step(symbol=r"\text{posterior}", marks=2, tex=r"\frac{<sensitivity> \cdot <prior>}{<evidence>}")
def posterior(sensitivity, prior, evidence):
    """Bayes' rule: which share of all positive results is a right one?"""
    return sensitivity * prior / evidence


@posterior.mistake()
def base_rate_ignored(sensitivity):
    """This is the sensitivity; the posterior also depends on the prior. If the case is rare, many of the positive results are false."""
    return sensitivity


@posterior.mistake()
def not_divided_by_evidence(sensitivity, prior):
    """This is the joint probability, sensitivity times prior; divide it by the evidence."""
    return sensitivity * prior


pytorch = """
import torch

prior = torch.tensor([<prior>, 1 - <prior>], dtype=torch.float64)
likelihood = torch.tensor([<sensitivity>, 1 - <specificity>], dtype=torch.float64)  # of a positive result
joint = prior * likelihood
evidence = joint.sum()
posterior = torch.nn.functional.normalize(joint, p=1, dim=0)[0]
"""
