r"""Word embeddings

<story> The embedding matrix has one row for each word of the vocabulary:

$$E = <E>$$

An input has become the token indices $t = <tokens>$ (indices are counted from 0). Write the embeddings of these tokens, one per row, in this order. How many parameters does the embedding have? How long would the one-hot
vector of a word be?
"""

from dlexam import array, by_level, grid, integers, one_of, step

about = dict(minutes=3, tags=["embeddings"], decimals=2, symbols=dict(tokens="t"))

given = dict(
    E=lambda level, random: array(by_level(random.choice([(4, 4), (4, 2), (5, 3)]), (6, random.choice([3, 4])), (8, random.choice([4, 5])))(level), by_level(integers(-9, 9), grid(-2, 2, by=0.1), grid(-1, 1, by=0.01))(level), distinct=True),
    tokens=lambda E, level: array(by_level(2, 3, 4)(level), integers(0, len(E) - 1), distinct=level < 3),
)

words = dict(
    story=one_of(
        "A recurrent network begins with an embedding layer.",
        "A text classifier looks up a vector for each word.",
        "A small language model begins with an embedding layer.",
        "A recommender looks up a vector for each product; the products are its words.",
    )
)


@step(symbol="X", marks=1, tex=r"\text{rows } <tokens> \text{ of } E")
def vectors(E, tokens):
    """An embedding layer is a table: a token index picks a row. Multiplying a one-hot vector by $E$ would pick the same row."""
    return E[tokens]


@vectors.mistake()
def index_off_by_one(E, tokens):
    """You counted the rows from 1; index 0 is the first row."""
    return E[tokens - 1]


@vectors.mistake(when=lambda E, tokens: E.shape[0] == E.shape[1] and max(tokens) < E.shape[1])
def columns_not_rows(E, tokens):
    """You read off columns; a word has a row of the matrix."""
    return E.T[tokens]


@step(symbol=r"N", marks=1)
def parameters(vocabulary_size, width):
    """Every entry of the matrix is learned: $V$ rows, one for each word, and $d$ columns."""
    return vocabulary_size * width


@step(symbol="V")
def vocabulary_size(E):
    return len(E)


@step(symbol="d")
def width(E):
    return E.shape[1]


@parameters.mistake()
def text_only(tokens, width):
    """You counted the words of this input only; the matrix holds the vectors of the whole vocabulary."""
    return len(tokens) * width


@step(symbol=r"\text{length}", marks=1)
def one_hot_size(vocabulary_size):
    """A one-hot vector has an entry for each word of the vocabulary, and the matrix has a row for each."""
    return vocabulary_size


@one_hot_size.mistake(when=lambda E: E.shape[0] != E.shape[1])
def columns_not_rows(width):
    """This is the width of an embedding, the number of columns; a one-hot vector has one entry for each word, that is for each row."""
    return width


pytorch = """
import torch

embedding = torch.nn.Embedding.from_pretrained(torch.tensor(<E>, dtype=torch.float64))
vectors = embedding(torch.tensor(<tokens>))
parameters = embedding.weight.numel()
one_hot_size = embedding.num_embeddings
"""
