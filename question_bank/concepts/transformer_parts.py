r"""Parts of a transformer and a ViT

<description>

Which part of the model is it?
"""

from dlexam import one_of, step

about = dict(minutes=1, tags=["transformer", "attention", "ViT"])

# Each part, and the one that it is mostly mistaken for.
PARTS = {
    "self-attention": "cross-attention",
    "cross-attention": "self-attention",
    "multiple heads": "self-attention",
    "score scaling": "layer normalisation",
    "causal mask": "positional encoding",
    "positional encoding": "self-attention",
    "feed-forward network": "self-attention",
    "residual connection": "layer normalisation",
    "layer normalisation": "residual connection",
    "patch embedding": "positional encoding",
    "class token": "patch embedding",
}

CASES = {
    "In the sentence *The animal did not cross the street because it was tired*, the vector of *it* takes up information from the vector of *animal*. Queries, keys and values all come from this one sentence.": (
        "self-attention", "The tokens of one sequence look at each other."),
    "Every token of a text is compared with every token of the same text here. So if the text gets twice as long, there are four times as many comparisons.": (
        "self-attention", r"Each of $n$ tokens is compared with each of $n$ tokens: $n^2$ scores. (Cross-attention would compare the tokens of two sequences.)"),
    "In an encoder layer of a ViT, it is only here that information gets from one patch to another.": (
        "self-attention", "Feed-forward network, normalisation and residual connection treat each token on its own."),
    "A transformer translates. Before the decoder writes the next German word, it compares its query with keys that come from the English sentence.": (
        "cross-attention", "Queries from the decoder, keys and values from the encoder: one sequence looks at another."),
    "A transformer writes a caption for an image. The words written so far ask with their queries; the answers are values computed from the patches of the image.": (
        "cross-attention", "The text looks at the image: queries come from one sequence, keys and values from another."),
    "Each layer of a decoder has a matrix of attention weights with one row for each token of the output and one column for each token of the *input* of the encoder.": (
        "cross-attention", "A row for each query (from the decoder) and a column for each key (from the encoder)."),
    "In one layer, the same verb looks for its subject with one set of attention weights and for its object with another. For this, 512 dimensions are split into 8 times 64.": (
        "multiple heads", "Each head has projections of its own and so attention weights of its own."),
    "One softmax would give each query a single set of weights, in which all kinds of relations are averaged. Here each query gets twelve sets of weights at once.": (
        "multiple heads", "Twelve heads give twelve sets of attention weights."),
    r"Eight attention results of 64 numbers each are concatenated to 512 numbers and multiplied by a matrix $W_O$.": (
        "multiple heads", r"Each of the eight heads gives 64 numbers; $W_O$ mixes what the heads have found."),
    "Queries and keys have 64 independent entries with mean 0 and variance 1, so their dot products have a standard deviation of 8. A softmax of these would put nearly all weight on one key; this part prevents that.": (
        "score scaling", r"Dividing by $\sqrt{d_k} = 8$ brings the standard deviation of the scores back to 1."),
    r"With $d_k = 100$, each dot product of a query and a key is divided by 10 before the softmax.": (
        "score scaling", r"$\sqrt{d_k} = \sqrt{100} = 10$."),
    "If the keys get longer, dot products get larger. Without this part the softmax would saturate then, and hardly any gradient would get through it.": (
        "score scaling", r"Dot products of length $d_k$ grow like $\sqrt{d_k}$, so they are divided by $\sqrt{d_k}$."),
    "In training, a language model is given a whole sentence at once. Yet its prediction of the fifth token must depend on the first four tokens only.": (
        "causal mask", "It hides all later tokens from each position, so that the answer cannot be copied."),
    r"All scores above the diagonal are set to $-\infty$ before the softmax.": (
        "causal mask", r"$e^{-\infty} = 0$: each query gives weight 0 to all keys that come after it."),
    "BERT, which fills gaps in a text, does without this part: it may look to both sides. GPT, which writes from left to right, needs it.": (
        "causal mask", "A model that writes from left to right must not look at words that are not written yet."),
    "Without this part, *dog bites man* and *man bites dog* would give the same three vectors, only in another order.": (
        "positional encoding", "Attention itself takes its tokens as a set; the order must be put into the vectors."),
    "To the embedding of each token a vector is added that is made of sines and cosines with different wavelengths.": (
        "positional encoding", "The sines and cosines of $t$ say at which position $t$ a token stands."),
    "The patches of an image are shuffled. A ViT without this part would give just the same class probabilities.": (
        "positional encoding", "Attention does not see from where in the image a patch is, unless this is added to its vector."),
    r"Each token passes, on its own and with the same weights, through two dense layers: from 512 to 2048 numbers, and back to 512.": (
        "feed-forward network", "Two dense layers with an activation between them, the same for each position."),
    r"In an encoder layer of width $d$ this part has about $8 d^2$ of $12 d^2$ weights, although no information gets from one token to another in it.": (
        "feed-forward network", r"Two matrices of $d \cdot 4d$ weights each make $8 d^2$; the four projections of the attention make $4 d^2$."),
    "This part widens the vector of each token to four times its length, applies a GELU and narrows it again.": (
        "feed-forward network", "The activation function of a layer stands between its two dense layers."),
    "If all weights of the attention and of the feed-forward network were zero, the tokens would still get through the layer unchanged (leaving normalisation aside).": (
        "residual connection", "Each sub-layer only adds something to its input: $x + f(x)$ with $f(x) = 0$ is $x$."),
    "In a model of 48 layers the gradient reaches the first layer well, since the derivative of each sub-layer with this part is the identity plus something.": (
        "residual connection", r"The derivative of $x + f(x)$ is $I + f'(x)$; the identity passes the gradient on."),
    "The input of a sub-layer is added to its output, which therefore must have the same size.": (
        "residual connection", "$x + f(x)$ is defined only if both have the same shape."),
    "The 768 features of each token get mean 0 and variance 1, and then a learnt scale and shift. Other tokens and other examples play no role in this.": (
        "layer normalisation", "The statistics are those of the features of one token."),
    "If all features of a token are multiplied by 10 before this part, its output hardly changes at all.": (
        "layer normalisation", "The mean and the standard deviation become ten times as large, too, and cancel the factor (but for a tiny $\\epsilon$)."),
    "This part computes a mean and a variance from the features of each token, so it works in the same way for a batch of a single example, and in evaluation as in training.": (
        "layer normalisation", "No statistics of a batch are used, so nothing has to be replaced at test time."),
    r"An image of $224 \times 224$ pixels becomes 196 vectors: each square of $16 \times 16$ pixels, 768 numbers with its colours, goes through the same linear map.": (
        "patch embedding", "Squares of the image become the tokens of the transformer."),
    "In the code of a ViT this part is a convolution whose kernel and stride are both 16.": (
        "patch embedding", "Kernel and stride of the same size: each patch, without overlap, is mapped linearly to one vector."),
    "It turns pixels into tokens and is the only place of a ViT at which all the raw pixels of a square are multiplied with weights.": (
        "patch embedding", "After it the transformer works with one vector for each square."),
    "An image has 196 patches, but 197 vectors go into the encoder. What comes out at the additional place goes into the classifier.": (
        "class token", "It is a learnt vector at the front which collects what matters for the class from all patches."),
    "A learnt vector, which is the same for all images, is put in front of the sequence. In the last layer, only what has become of it is used.": (
        "class token", "It belongs to no patch, and gathers information from all of them by attention."),
}  # fmt: skip

DEMOS = {
    "self-attention": """from torch.nn.functional import scaled_dot_product_attention
x = torch.rand(1, 5, 8)
assert scaled_dot_product_attention(x, x, x).shape == (1, 5, 8)    # all from one sequence""",
    "cross-attention": """from torch.nn.functional import scaled_dot_product_attention
written, read = torch.rand(1, 3, 8), torch.rand(1, 5, 8)
assert scaled_dot_product_attention(written, read, read).shape == (1, 3, 8)""",
    "multiple heads": """layer = torch.nn.MultiheadAttention(512, num_heads=8, batch_first=True)
x = torch.rand(1, 5, 512)
weights = layer(x, x, x, average_attn_weights=False)[1]
assert weights.shape == (1, 8, 5, 5)              # eight sets of weights for each query""",
    "score scaling": """q, k = torch.randn(100_000, 64), torch.randn(100_000, 64)
scores = (q * k).sum(dim=1)
assert 7.8 < scores.std() < 8.2
assert 0.97 < (scores / 64**0.5).std() < 1.03""",
    "causal mask": """scores = torch.rand(4, 4).masked_fill(torch.ones(4, 4).triu(1) == 1, -torch.inf)
assert scores.softmax(dim=1).triu(1).sum() == 0   # nothing from later tokens""",
    "positional encoding": """layer = torch.nn.MultiheadAttention(8, num_heads=2, batch_first=True)
x = torch.rand(1, 3, 8)
turned = layer(x.flip(1), x.flip(1), x.flip(1))[0]
assert torch.allclose(turned, layer(x, x, x)[0].flip(1), atol=1e-6)   # attention takes a set""",
    "feed-forward network": """dense = torch.nn.Sequential(torch.nn.Linear(512, 2048), torch.nn.GELU(), torch.nn.Linear(2048, 512))
x = torch.rand(5, 512)
assert torch.allclose(dense(x)[2], dense(x[2]), atol=1e-5)            # each token on its own""",
    "residual connection": """x, sub_layer = torch.rand(5, 8), torch.nn.Linear(8, 8)
torch.nn.init.zeros_(sub_layer.weight), torch.nn.init.zeros_(sub_layer.bias)
assert torch.equal(x + sub_layer(x), x)           # nothing is lost""",
    "layer normalisation": """layer, x = torch.nn.LayerNorm(768), torch.randn(5, 768)
assert torch.allclose(layer(10 * x), layer(x), atol=1e-3)""",
    "patch embedding": """layer = torch.nn.Conv2d(3, 768, kernel_size=16, stride=16)
assert layer(torch.rand(1, 3, 224, 224)).flatten(2).shape == (1, 768, 196)""",
    "class token": """patches, token = torch.rand(1, 196, 768), torch.nn.Parameter(torch.zeros(1, 1, 768))
assert torch.cat([token, patches], dim=1).shape == (1, 197, 768)""",
}


def draw_parts(description, random):
    """Six parts: the right one, the one that it is mistaken for, and four others."""
    right = case(description)[0]
    others = [part for part in PARTS if part not in (right, PARTS[right])]
    chosen = {right, PARTS[right], *random.sample(others, 4)}
    return tuple(part for part in PARTS if part in chosen)


def case(description):
    """The part and the reason."""
    if description not in CASES:
        msg = "this description is none of the question's own"
        raise ValueError(msg)
    return CASES[description]


given = dict(description=one_of(*CASES), parts=draw_parts)

words = dict(name=lambda part: part, demo=lambda part: DEMOS[part])


@step(symbol=r"\text{part}", marks=1, options="parts")
def part(description):
    """Ask what the part is for: to exchange information between tokens, to tell positions, to compute for each token, or to keep training stable."""
    return case(description)[0]


@part.working
def why(description):
    return case(description)[1]


@part.mistake(when=lambda part: part == "self-attention")
def same_sequence(description):
    """In cross-attention, queries come from one sequence and keys and values from another. Here there is one sequence only: self-attention."""
    return "cross-attention"


@part.mistake(when=lambda part: part == "cross-attention")
def other_sequence(description):
    """In self-attention, queries, keys and values come from the same sequence. Here one sequence looks at another: cross-attention."""
    return "self-attention"


@part.mistake(when=lambda part: part == "multiple heads")
def several_sets_of_weights(description):
    """Self-attention with a single head has one set of weights for each query. Here there are several at once: multiple heads."""
    return "self-attention"


@part.mistake(when=lambda part: part == "score scaling")
def scores_not_features(description):
    """Layer normalisation acts on the features of a token. Here it is the scores before the softmax that are kept small, by a constant factor: score scaling."""
    return "layer normalisation"


@part.mistake(when=lambda part: part == "causal mask")
def hiding_not_numbering(description):
    """A positional encoding tells where a token stands, but hides nothing. Later tokens are hidden by the causal mask."""
    return "positional encoding"


@part.mistake(when=lambda part: part == "positional encoding")
def attention_is_blind_to_order(description):
    """Self-attention treats its tokens as a set and cannot know their order. That is what the positional encoding is for."""
    return "self-attention"


@part.mistake(when=lambda part: part == "feed-forward network")
def tokens_do_not_mix(description):
    """Self-attention exchanges information between tokens. Here each token is treated on its own: feed-forward network."""
    return "self-attention"


@part.mistake(when=lambda part: part == "residual connection")
def added_not_normalised(description):
    """Layer normalisation changes mean and variance of the features. Here the input is added to the output: residual connection."""
    return "layer normalisation"


@part.mistake(when=lambda part: part == "layer normalisation")
def normalised_not_added(description):
    """A residual connection adds the input of a sub-layer to its output. Here the features of a token are normalised: layer normalisation."""
    return "residual connection"


@part.mistake(when=lambda part: part == "patch embedding")
def what_not_where(description):
    """The positional encoding says where a patch is. Here the pixels of the patch become a vector: patch embedding."""
    return "positional encoding"


@part.mistake(when=lambda part: part == "class token")
def belongs_to_no_patch(description):
    """The patch embedding makes a vector of each patch. This vector belongs to no patch: class token."""
    return "patch embedding"


pytorch = """
import torch
<demo:s>
part = <name>
"""
