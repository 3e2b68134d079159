r"""Patches of a vision transformer

<story> The images have $H \times W = <H> \times <W>$ pixels and $C = <C>$ <channels>. They are cut into square patches of $P \times P = <P> \times <P>$ pixels, which do not overlap. Each patch is flattened and projected, with a bias, to
$D = <D>$ entries. A learned class token is put in front, and every token gets a learned position embedding.

How many patches does an image have? How long is a flattened patch? How many tokens enter the transformer? How many parameters do the projection, the class token and the position embeddings have together?
"""

from dlexam import by_level, integers, one_of, step

about = dict(minutes=5, tags=["vision transformer", "parameters"], symbols=dict(H="H", W="W", C="C", P="P", D="D"))

given = dict(
    P=by_level(integers(2, 4), one_of(4, 7, 8), one_of(8, 14, 16, 32)),
    H=lambda P, level: one_of(*(P * k for k in by_level((2, 3, 4), range(4, 15), {8: (12, 20, 28), 14: (16, 24, 27), 16: (14, 20, 24, 32), 32: (7, 8, 12)}[P] if level == 3 else ())(level))),
    W=lambda P, H, level: by_level(one_of(*(P * k for k in (2, 3, 4))), H, one_of(H, H, H + 2 * P, H + 4 * P))(level),
    C=by_level(one_of(2, 3, 4), one_of(1, 3), one_of(1, 3, 3, 3, 4)),
    D=by_level(integers(5, 12), one_of(32, 40, 48, 50, 64, 72, 80, 96, 100, 120, 128), one_of(192, 256, 384, 512, 768, 1024, 1280)),
)

words = dict(
    story=one_of(
        "A vision transformer classifies photographs of animals.",
        "A vision transformer sorts satellite images by land use.",
        "A vision transformer looks for changes in medical images.",
        "A vision transformer recognises plants.",
    ),
    channels=lambda C: "channel" if C == 1 else "channels",
)


@step(symbol="N", marks=1, tex=r"\frac{<H>}{<P>} \cdot \frac{<W>}{<P>}")
def patches(H, W, P):
    """Patches per column times patches per row."""
    return (H // P) * (W // P)


@patches.mistake()
def one_side_only(H, P):
    """You counted the patches along one side; the image has rows and columns of patches."""
    return H // P


@step(symbol=r"d_{\text{patch}}", marks=1)
def patch_dim(P, C):
    """A patch has $P^2$ pixels with $C$ channels each."""
    return P**2 * C


@patch_dim.mistake(when=lambda C: C > 1)
def channels_forgotten(P):
    """You counted the pixels of a patch; each pixel has <C> channels."""
    return P**2


@step(symbol="n", marks=1)
def tokens(patches):
    """The class token is one more token."""
    return patches + 1


@tokens.mistake()
def class_token_forgotten(patches):
    """You counted the patches alone; the class token is one more token."""
    return patches


@step(symbol=r"N_{\text{par}}", marks=2)
def parameters(patch_dim, D, tokens):
    r"""The projection has $d_{\text{patch}} \cdot D$ weights and $D$ biases, the class token $D$ entries, and the position embeddings $D$ for each token."""
    return patch_dim * D + D + D + tokens * D


@parameters.mistake(keeps=0.5)
def projection_only(patch_dim, D):
    """You counted the projection alone; the class token and the position embeddings are learned, too."""
    return patch_dim * D + D


@parameters.mistake(keeps=0.5)
def positions_forgotten(patch_dim, D):
    """You left out the position embeddings, one vector of length $D$ for each token."""
    return patch_dim * D + D + D


@parameters.mistake()
def projection_for_every_patch(patch_dim, D, tokens, patches):
    """You counted a projection for each patch; all patches share one."""
    return patches * (patch_dim * D + D) + D + tokens * D


pytorch = """
import torch

projection = torch.nn.Conv2d(<C>, <D>, kernel_size=<P>, stride=<P>, device="meta")
grid = projection(torch.empty(1, <C>, <H>, <W>, device="meta"))
patches = grid[0, 0].numel()
patch_dim = projection.weight[0].numel()
tokens = torch.cat([torch.empty(1, 1, <D>, device="meta"), grid.flatten(2).mT], dim=1).shape[1]
embeddings = torch.nn.Embedding(tokens, <D>, device="meta")
parameters = sum(p.numel() for p in projection.parameters()) + <D> + embeddings.weight.numel()
"""
