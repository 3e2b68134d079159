r"""One-hot vectors

<story> The vocabulary has $V = <size>$ words, in this order: *<listed>*.

Write the one-hot vector of the word *<word>*. How many of its entries are zero?
"""

from dlexam import by_level, one_of, step
from dlexam.engine import one_hot

about = dict(minutes=2, tags=["embeddings", "one-hot"], symbols=dict(place="i"))

TEXTS = (
    "the cat sat on a warm mat near our old door and slept",
    "a small boat left its harbour before dawn with three men",
    "deep networks learn useful features from raw data without much help",
    "my sister plays the violin while her brother sings old songs",
    "rain fell on every roof of that quiet town last night",
    "one red fox jumps over two lazy dogs behind an old fence",
    "we drink tea when it snows and read books by lamplight",
)


def draw_vocabulary(random, level):
    """Words of one text, in alphabetical order or as they are drawn."""
    drawn = random.sample(random.choice(TEXTS).split(), by_level(4, 6, 8)(level))
    return tuple(sorted(drawn) if level == 2 else drawn)


given = dict(
    vocabulary=draw_vocabulary,
    word=lambda vocabulary: one_of(*vocabulary),
)

words = dict(
    listed=lambda vocabulary: ", ".join(str(entry) for entry in vocabulary),
    story=one_of(
        "Words have to be turned into vectors.",
        "A text classifier represents each word by a one-hot vector.",
        "A recurrent network receives each word as a one-hot vector.",
        "A bag-of-words model adds up the one-hot vectors of a text.",
    ),
)


@step
def size(vocabulary):
    return len(vocabulary)


@step
def place(vocabulary, word):
    return vocabulary.index(word) + 1


@step(symbol="v", marks=1, tex=r"e_{<place>}")
def vector(place, size):
    """The vector has one entry for each word of the vocabulary: 1 at the place $i$ of this word, 0 elsewhere."""
    return one_hot(place - 1, size)


@vector.working
def where_it_stands(place, word):
    return f"*{word}* is word number {place} of the list (index {place - 1} if counted from 0)."


@vector.mistake(when=lambda place, size: place < size)
def index_off_by_one(place, size):
    """Your 1 is one place too far: the first word of the list has its 1 at the first place."""
    return one_hot(place, size)


@vector.mistake()
def zeros_and_ones_swapped(place, size):
    """You swapped zeros and ones: only the place of the word itself has a 1."""
    return 1 - one_hot(place - 1, size)


@step(symbol=r"\text{zeros}", marks=1)
def zeros(size):
    """All entries but one are zero; this is why one-hot vectors of large vocabularies waste so much space."""
    return size - 1


@zeros.mistake()
def length_given(size):
    """This is the length of the vector; one of its entries is 1."""
    return size


pytorch = """
import torch

vocabulary = <vocabulary>
index = torch.tensor(vocabulary.index(<word>))
vector = torch.nn.functional.one_hot(index, len(vocabulary))
zeros = int((vector == 0).sum())
"""
