"""A sheet of ten realistic questions with solutions, for tests and measurements of the renderers."""

from __future__ import annotations

from dlexam.blocks import (
    AnswerBox,
    Block,
    Bullets,
    Code,
    Document,
    Emphasis,
    Figure,
    Grid,
    Math,
    MathBlock,
    Paragraph,
    Problem,
    Row,
    Slip,
    Snippet,
    Solution,
    Spans,
    Table,
    Text,
    WorkedStep,
)


def line(text: str) -> Spans:
    """Spans from text with formulas between dollars and code between backquotes."""
    spans: list[Text | Math | Code] = []
    for at, part in enumerate(text.split("$")):
        if at % 2:
            spans.append(Math(part))
            continue
        for n, piece in enumerate(part.split("`")):
            if piece:
                spans.append(Code(piece) if n % 2 else Text(piece))
    return tuple(spans)


def step(
    name: str, symbol: str, reason: str, *lines: str, marks: float = 0, about: bool = False
) -> WorkedStep:
    """A worked step; `about` makes the last sign an approximate one."""
    relations = ["="] * len(lines)
    if about:
        relations[-1] = r"\approx"
    return WorkedStep(name, symbol, line(reason), lines, tuple(relations), marks, marks > 0)


def matrix(*rows: str) -> str:
    """A bmatrix from rows written with spaces."""
    return r"\begin{bmatrix}" + r"\\".join(row.replace(" ", "&") for row in rows) + r"\end{bmatrix}"


ADAM = (
    Problem(
        1,
        "optimizers/adam",
        "One Adam step",
        6,
        6,
        (
            Paragraph(
                line(
                    r"A model has a single weight, now $\theta = 0.5$. Adam makes its update number $t = 2$; its "
                    r"running averages from the update before are $m_{t-1} = 0.1$ and $v_{t-1} = 0.04$, and the "
                    r"gradient is $g = -0.3$. Use $\alpha = 0.1$, $\beta_1 = 0.9$, $\beta_2 = 0.99$, "
                    r"$\epsilon = 10^{-8}$ (added outside the root)."
                )
            ),
        ),
        (
            AnswerBox("m_new", "m_t", 1, "4 decimals"),
            AnswerBox("v_new", "v_t", 1, "4 decimals"),
            AnswerBox("m_hat", r"\hat m_t", 1, "4 decimals"),
            AnswerBox("v_hat", r"\hat v_t", 1, "4 decimals"),
            AnswerBox("theta_new", r"\theta_t", 2, "4 decimals"),
        ),
    ),
    Solution(
        1,
        "One Adam step",
        (
            step(
                "m_new",
                "m_t",
                "Move the average of the gradients a little towards the new gradient.",
                r"\beta_1 m_{t-1} + \left(1 - \beta_1\right) g",
                r"0.9 \cdot 0.1 + \left(1 - 0.9\right) \cdot \left(-0.3\right)",
                "0.06",
                marks=1,
            ),
            step(
                "v_new",
                "v_t",
                "The same for the squares of the gradients.",
                r"\beta_2 v_{t-1} + \left(1 - \beta_2\right) g^2",
                r"0.99 \cdot 0.04 + \left(1 - 0.99\right) \cdot \left(-0.3\right)^2",
                "0.0405",
                marks=1,
            ),
            step(
                "m_hat",
                r"\hat m_t",
                "Both averages start at zero and so are too small at first; divide that out.",
                r"\frac{m_t}{1 - \beta_1^t}",
                r"\frac{0.06}{1 - 0.9^2}",
                "0.3158",
                marks=1,
                about=True,
            ),
            step(
                "v_hat",
                r"\hat v_t",
                "The same correction with its own decay rate.",
                r"\frac{v_t}{1 - \beta_2^t}",
                r"\frac{0.0405}{1 - 0.99^2}",
                "2.0352",
                marks=1,
                about=True,
            ),
            step(
                "theta_new",
                r"\theta_t",
                "Step against the averaged gradient, scaled by its typical size.",
                r"\theta_{t-1} - \alpha\,\frac{\hat m_t}{\sqrt{\hat v_t} + \epsilon}",
                r"0.5 - 0.1 \cdot \frac{0.3158}{\sqrt{2.0352} + 10^{-8}}",
                "0.4779",
                marks=2,
                about=True,
            ),
        ),
        (
            Slip(
                "m_new",
                "m_t",
                "-0.26",
                line(r"The old average keeps the share $\beta_1$; you gave that share to the new gradient."),
            ),
            Slip(
                "m_hat",
                r"\hat m_t",
                "0.6",
                line(r"You divided by $1 - \beta_1$; the power $t$ is missing."),
            ),
            Slip(
                "theta_new",
                r"\theta_t",
                "0.4845",
                line(r"You divided by $\hat v$; the step is scaled by its square root."),
            ),
        ),
        Snippet(
            "import torch\n\n"
            "theta = torch.tensor([0.5], dtype=torch.float64, requires_grad=True)\n"
            "optimizer = torch.optim.Adam([theta], lr=0.1, betas=(0.9, 0.99), eps=1e-8)\n"
            "optimizer.state[theta] = {  # the averages from the update before\n"
            '    "step": torch.tensor(1.0),\n'
            '    "exp_avg": torch.tensor([0.1]),\n'
            '    "exp_avg_sq": torch.tensor([0.04]),\n'
            "}\n"
            "theta.grad = torch.tensor([-0.3], dtype=torch.float64)\n"
            "optimizer.step()\n"
            "theta_new = theta.item()"
        ),
    ),
)

IMAGE = (
    ("1", "0", "2", "1", "0"),
    ("0", "3", "1", "0", "2"),
    ("2", "1", "0", "1", "1"),
    ("1", "0", "2", "3", "0"),
    ("0", "1", "1", "0", "2"),
)
KERNEL = (("1", "0", "−1"), ("2", "0", "−2"), ("1", "0", "−1"))
WINDOW = frozenset((row, column) for row in range(3) for column in range(1, 4))


def convolution(number: int) -> tuple[Problem, Solution]:
    """A 5 x 5 image under a 3 x 3 kernel, with its windows worked."""
    result = matrix("0 1 0", "0 -1 2", "-1 2 1")
    grids: tuple[Block, ...] = (
        Row(
            (
                Grid(IMAGE, caption=line(r"the image $X$")),
                Grid(KERNEL, caption=line(r"the kernel $K$")),
            )
        ),
    )
    worked: tuple[Block, ...] = (
        Row(
            (
                Grid(IMAGE, WINDOW, line("row 1, column 2")),
                Grid(KERNEL, caption=line("$K$")),
                Grid(
                    (("0", "1", "0"), ("0", "−1", "2"), ("−1", "2", "1")),
                    frozenset({(0, 1)}),
                    line("$Y$"),
                ),
            )
        ),
        *(
            MathBlock(
                rf"Y_{{{row}{column}}} = 1\cdot 1 + 0\cdot 0 + 2\cdot(-1) + 0\cdot 2 + 3\cdot 0 + 1\cdot(-2)"
                rf" + 2\cdot 1 + 1\cdot 0 + 0\cdot(-1) = {row - column}"
            )
            for row in (1, 2, 3)
            for column in (1, 2, 3)
        ),
    )
    problem = Problem(
        number,
        "convolution/by_hand",
        "A convolution by hand",
        5,
        8,
        (
            Paragraph(
                line(
                    "Slide the kernel over the image (cross-correlation, stride 1, no padding) and write down the "
                    "feature map. Then apply ReLU."
                )
            ),
            *grids,
        ),
        (
            AnswerBox("Y", "Y", 4, "whole numbers", 3, 3),
            AnswerBox("shape", r"\text{shape of } Y", 1, "rows, columns", 1, 2),
        ),
    )
    conv = WorkedStep(
        "Y",
        "Y",
        line("Lay the kernel on each window, multiply entry by entry, and add up."),
        ("X \\star K", result),
        ("=", "="),
        4,
        True,
        worked,
    )
    size = step(
        "shape",
        "n",
        "The kernel fits in this many places along a side.",
        r"\left\lfloor \frac{n_X + 2p - f}{s} \right\rfloor + 1",
        r"\left\lfloor \frac{5 + 2 \cdot 0 - 3}{1} \right\rfloor + 1",
        "3",
        marks=1,
    )
    slip = Slip(
        "Y",
        "Y",
        matrix("0 -1 0", "0 1 -2", "1 -2 -1"),
        line("You turned the kernel by 180 degrees; deep learning libraries do not."),
    )
    code = Snippet(
        "import torch\nimport torch.nn.functional as F\n\n"
        "X = torch.tensor([[1.0, 0, 2, 1, 0]] * 5)\nY = F.conv2d(X[None, None], K[None, None])[0, 0]"
    )
    return problem, Solution(number, "A convolution by hand", (conv, size), (slip,), code)


def product(number: int, size: int) -> tuple[Problem, Solution]:
    """A matrix product, 2 x 2 or 3 x 3."""
    rows = [" ".join(str((row * 7 + column * 3) % 9 - 4) for column in range(size)) for row in range(size)]
    left, right, result = matrix(*rows), matrix(*rows[::-1]), matrix(*rows)
    problem = Problem(
        number,
        "linalg/product",
        f"A {size} × {size} product",
        4,
        4,
        (
            Paragraph(line("Multiply the two matrices, in this order.")),
            MathBlock(f"A = {left},\\quad B = {right}"),
            Paragraph(line(r"Give $C = AB$ and its Frobenius norm $\lVert C \rVert_F$.")),
        ),
        (
            AnswerBox("C", "C", 3, "whole numbers", size, size),
            AnswerBox("norm", r"\lVert C \rVert_F", 1, "2 decimals"),
        ),
    )
    steps = (
        step("C", "C", "Rows of $A$ times columns of $B$.", "A B", left + right, result, marks=3),
        step(
            "norm",
            r"\lVert C \rVert_F",
            "The root of the sum of all squares.",
            r"\sqrt{\sum_{i=1}^{n} \sum_{j=1}^{n} C_{ij}^2}",
            "12.41",
            marks=1,
            about=True,
        ),
    )
    slip = Slip("C", "C", result, line("You multiplied in the other order: $BA$, not $AB$."))
    return problem, Solution(number, problem.title, steps, (slip,))


def softmax(number: int) -> tuple[Problem, Solution]:
    """Softmax and cross-entropy with a vector answer and a choice."""
    options = (
        line(r"$\hat{\mathbf{y}} - \mathbf{y}$"),
        line(r"$\mathbf{y} - \hat{\mathbf{y}}$"),
        line(r"$-\mathbf{y} / \hat{\mathbf{y}}$"),
        line("None of these"),
    )
    problem = Problem(
        number,
        "losses/softmax_cross_entropy",
        "Softmax and cross-entropy",
        5,
        6,
        (
            Paragraph(
                line(
                    r"A classifier gives the logits $z = \begin{bmatrix}2.0 & 1.0 & 0.1\end{bmatrix}$ for an example whose "
                    r"true class is the first, $\mathbf{y} = (1, 0, 0)$. Its prediction is "
                    r"$\hat{\mathbf{y}} = \operatorname{softmax}(z)$ and its loss"
                )
            ),
            MathBlock(r"L = -\sum_{k=1}^{3} y_k \log \hat{y}_k."),
            Bullets((line("Use the natural logarithm."), line("Round only at the end."))),
        ),
        (
            AnswerBox("p", r"\hat{\mathbf{y}}", 2, "3 decimals", 1, 3),
            AnswerBox("loss", "L", 1, "3 decimals"),
            AnswerBox("gradient", r"\frac{\partial L}{\partial z}", 2, "choose one", options=options),
        ),
    )
    steps = (
        step(
            "p",
            r"\hat{y}_i",
            "Exponentiate, then divide by the sum, so that the three add up to one.",
            r"\frac{e^{z_i}}{\sum_{k=1}^{3} e^{z_k}}",
            r"\begin{bmatrix}0.659 & 0.242 & 0.099\end{bmatrix}",
            marks=2,
            about=True,
        ),
        step(
            "loss",
            "L",
            "Only the true class counts.",
            r"-\log \hat{y}_1",
            r"-\log 0.659",
            "0.417",
            marks=1,
            about=True,
        ),
        step(
            "gradient",
            r"\frac{\partial L}{\partial z}",
            "Softmax and logarithm cancel to a difference.",
            r"\hat{\mathbf{y}} - \mathbf{y}",
            r"\text{A}",
            marks=2,
        ),
    )
    slip = Slip("loss", "L", "0.181", line("You took the logarithm to base 10."))
    return problem, Solution(
        number,
        problem.title,
        steps,
        (slip,),
        Snippet("loss = torch.nn.functional.cross_entropy(z, torch.tensor([0]))"),
    )


def network(number: int) -> tuple[Problem, Solution]:
    """A small network with a figure, a table and a piecewise function."""
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 240 80" width="240" height="80">'
        '<g fill="none" stroke="currentColor"><circle cx="30" cy="20" r="12"/><circle cx="30" cy="60" r="12"/>'
        '<circle cx="120" cy="40" r="12"/><circle cx="210" cy="40" r="12"/>'
        '<path d="M42 20 L108 38 M42 60 L108 42 M132 40 L198 40"/></g></svg>'
    )
    table = Table(
        (line("layer"), line("weights"), line("bias"), line("activation")),
        (
            (line("hidden"), line(r"$w_1 = 0.5,\ w_2 = -1$"), line("$b = 0.1$"), line("ReLU")),
            (line("output"), line("$u = 2$"), line("$c = -0.2$"), line("`sigmoid`")),
        ),
    )
    prompt: tuple[Block, ...] = (
        Paragraph(
            (
                *line("The network below computes "),
                Emphasis(line("one")),
                *line(" output from the inputs $x_1 = 1$ and $x_2 = 0.2$."),
            )
        ),
        Figure(svg, "Two inputs, one hidden unit, one output", line("The network")),
        table,
        MathBlock(
            r"\operatorname{ReLU}(a) = \begin{cases} a & \text{if } a > 0 \\ 0 & \text{otherwise} \end{cases}"
        ),
    )
    problem = Problem(
        number,
        "networks/forward",
        "A forward pass",
        3,
        4,
        prompt,
        (
            AnswerBox("h", "h", 1, "2 decimals"),
            AnswerBox("y", r"\hat y", 1, "3 decimals"),
            AnswerBox("why", r"\text{Why ReLU?}", 1, "one sentence", 0, 0),
        ),
    )
    steps = (
        step(
            "h",
            "h",
            "The weighted sum, then ReLU.",
            r"\max\left(0,\ w_1 x_1 + w_2 x_2 + b\right)",
            r"\max\left(0,\ 0.5 \cdot 1 - 1 \cdot 0.2 + 0.1\right)",
            "0.4",
            marks=1,
        ),
        step(
            "y",
            r"\hat y",
            "The sigmoid of the output's sum.",
            r"\frac{1}{1 + e^{-(u h + c)}}",
            r"\frac{1}{1 + e^{-0.6}}",
            "0.646",
            marks=1,
            about=True,
        ),
    )
    return problem, Solution(
        number, problem.title, steps, (Slip("h", "h", "-0.4", line("You left the ReLU out.")),)
    )


def renumbered(pair: tuple[Problem, Solution], number: int) -> tuple[Problem, Solution]:
    """The same question under another number."""
    problem, solution = pair
    return (
        Problem(
            number,
            problem.id,
            problem.title,
            problem.marks,
            problem.minutes,
            problem.prompt,
            problem.boxes,
        ),
        Solution(number, solution.title, solution.steps, solution.slips, solution.snippet),
    )


def sample() -> Document:
    """Ten questions with solutions."""
    pairs = [
        ADAM,
        convolution(2),
        product(3, 2),
        product(4, 3),
        softmax(5),
        network(6),
        renumbered(ADAM, 7),
        product(8, 3),
        softmax(9),
        network(10),
    ]
    problems, solutions = zip(*pairs)
    return Document(
        "Deep learning: practice sheet",
        ("optimizers", "convolution", "linear algebra", "losses"),
        2,
        sum(problem.marks for problem in problems),
        sum(problem.minutes for problem in problems),
        "seed 7 · level 2 · dlexam 0.1",
        tuple(problems),
        tuple(solutions),
    )
