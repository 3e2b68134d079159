r"""Greedy and beam search

<story> The table gives the probability of each token (columns) after the token before it (rows); the row "start" is for the first token.

A sequence of three tokens is wanted; its probability is the product of the probabilities of its tokens. Find the sequence of greedy search, the sequence of beam search with
$k = <beams>$ beams (after each token the $k$ most probable beginnings are kept; at the end the most probable sequence counts), and the probability of the latter. Write sequences like *A C B*.
"""

from itertools import pairwise
from math import isclose

from numpy import array as vector
from numpy import vstack

from dlexam import by_level, one_of, step
from dlexam.blocks import Table
from dlexam.kinds import number
from dlexam.words import line

about = dict(minutes=7, tags=["beam search", "decoding"], symbols=dict(beams="k"))

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def row(random, tokens, level):
    """Probabilities of the tokens in tenths, or in steps of 0.05, that add up to 1 and differ."""
    parts = 10 if level == 1 else 20
    while True:
        cuts = sorted(random.sample(range(1, parts), tokens - 1))
        pieces = [b - a for a, b in zip([0, *cuts], [*cuts, parts], strict=True)]
        if len(set(pieces)) == tokens:
            return [round(piece / parts, 2) for piece in pieces]


def expanded(hypotheses, transitions):
    """Every hypothesis with every next token, most probable first."""
    longer = [((*s, j), p * transitions[s[-1]][j]) for s, p in hypotheses for j in range(len(transitions))]
    return sorted(longer, key=lambda pair: -pair[1])


def history(first, transitions, beams):
    """All candidates after one, two and three tokens, most probable first."""
    candidates = sorted((((j,), p) for j, p in enumerate(first)), key=lambda pair: -pair[1])
    rounds = [candidates]
    for _ in range(2):
        rounds.append(expanded(rounds[-1][:beams], transitions))
    return rounds


def is_clear(first, transitions, beams):
    """Whether no choice is between equals."""
    for k, cuts in ((1, (1,)), (beams, (1, beams))):
        for candidates in history(first, transitions, k):
            for cut in cuts:
                if len(candidates) > cut and isclose(candidates[cut - 1][1], candidates[cut][1]):
                    return False
    return True


def draw_transitions(first, beams, random, level):
    """A table without ties, in which beam search mostly finds another sequence than greedy search."""
    same_allowed = random.random() < 0.2
    while True:
        table = [row(random, len(first), level) for _ in first]
        ends = [history(first, table, k)[-1][0][0] for k in (1, beams)]
        if (same_allowed or ends[0] != ends[1]) and is_clear(first, table, beams):
            return vector(table)


given = dict(
    first=lambda random, level: vector(row(random, by_level(3, 3, 4)(level), level)),
    beams=by_level(2, 2, one_of(2, 3)),
    transitions=draw_transitions,
)

words = dict(
    story=one_of(
        "A decoder writes a sequence of tokens.",
        "A tiny language model writes a text.",
        "A speech recogniser writes down phonemes.",
        "A captioning network describes a photograph.",
    )
)


def figure(first, transitions):
    """The probabilities as a table."""
    tokens = LETTERS[: len(first)]
    rows = zip(["start", *(f"after {t}" for t in tokens)], vstack([first, transitions]), strict=True)
    return [Table(tuple(map(line, ["", *tokens])), tuple(tuple(map(line, [name, *map(number.plain, r)])) for name, r in rows))]


def spelled(sequence):
    return " ".join(LETTERS[j] for j in sequence)


def listed(candidates):
    return ", ".join(f"{spelled(s)} ({p:.4g})" for s, p in candidates)


@step(symbol=r"\text{greedy}", marks=1)
def greedy(first, transitions):
    """Greedy search takes the most probable token at each step and never looks back."""
    best = history(first, transitions, 1)[-1][0]
    return spelled(best[0])


@greedy.working
def greedy_steps(first, transitions):
    return "Step by step: " + ", ".join(f"{spelled(c[0][0])} ({c[0][1]:.4g})" for c in history(first, transitions, 1)) + "."


@step(symbol=r"\text{beam}", marks=3)
def beam(first, transitions, beams):
    """Beam search continues the $k$ best beginnings with every token and keeps the $k$ most probable results."""
    best = history(first, transitions, beams)[-1][0]
    return spelled(best[0])


@beam.working
def beam_steps(first, transitions, beams):
    rounds = history(first, transitions, beams)
    lines = [f"After token {n}, kept: {listed(c[:beams])}." for n, c in enumerate(rounds[:2], 1)]
    return [*lines, f"After token 3, the best are {listed(rounds[2][:2])}."]


@beam.mistake(when=lambda greedy, beam: greedy != beam)
def greedy_taken(greedy):
    """This is the sequence of greedy search; beam search also follows beginnings that are second at first and better later."""
    return greedy


@step(symbol="p", marks=1)
def probability(first, transitions, beam):
    """Multiply the probabilities of its tokens, each given the token before."""
    tokens = [LETTERS.index(letter) for letter in beam.upper() if letter.isalpha()]
    product = first[tokens[0]]
    for before, after in pairwise(tokens):
        product = product * transitions[before, after]
    return float(product)


@probability.working
def factors(first, transitions, beam):
    tokens = [LETTERS.index(letter) for letter in beam if letter != " "]
    return r"$p = " + r" \cdot ".join(number.tex(p) for p in [first[tokens[0]], *transitions[tokens[:-1], tokens[1:]]]) + "$"


@probability.mistake()
def probabilities_added(first, transitions, beam):
    """You added the probabilities; the probability of a sequence is their product."""
    tokens = [LETTERS.index(letter) for letter in beam.upper() if letter.isalpha()]
    return float(first[tokens[0]] + sum(transitions[a, b] for a, b in pairwise(tokens)))


@probability.mistake()
def first_token_left_out(transitions, beam):
    """You left out the probability of the first token."""
    tokens = [LETTERS.index(letter) for letter in beam.upper() if letter.isalpha()]
    product = 1.0
    for before, after in pairwise(tokens):
        product = product * transitions[before, after]
    return float(product)


pytorch = """
import torch

first, table = (torch.tensor(p, dtype=torch.float64).log() for p in (<first>, <transitions>))

def search(k):
    scores, sequences = first.topk(k)
    sequences = sequences.reshape(k, 1)
    for _ in range(2):
        longer = scores.reshape(k, 1) + table[sequences[:, -1]]
        scores, place = longer.flatten().topk(k)
        sequences = torch.cat([sequences[place // len(first)], (place % len(first)).reshape(k, 1)], dim=1)
    return " ".join("ABCDEFGHIJKLMNOPQRSTUVWXYZ"[j] for j in sequences[0]), scores[0].exp()

greedy, _ = search(1)
beam, probability = search(<beams>)
"""
