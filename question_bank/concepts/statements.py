r"""Which statements are true?

<listing>

Give the letters of all true statements. (At least one is true, at least one is false.) Each true statement that you name counts, each false one that you
name takes the same away again, but the result is never below zero.
"""

from re import search
from string import ascii_uppercase

from dlexam import step

about = dict(minutes=4, tags=["multi-select", "revision"])

# For each topic: statement, whether it is true, the reason, and a witness in PyTorch where one line can be (see `pytorch` for its names).
TOPICS = {
    "linear algebra": (
        (r"$(AB)^\top = B^\top A^\top$ for all matrices $A$ and $B$ whose product $AB$ exists.", True,
         r"The entry of $(AB)^\top$ in row $i$ and column $j$ is row $j$ of $A$ times column $i$ of $B$, which is also that of $B^\top A^\top$.", "equal((A @ B).T, B.T @ A.T)"),
        (r"$AB = BA$ for all square matrices $A$ and $B$ of the same size.", False,
         r"The product of matrices depends on the order: with $A = \begin{bmatrix} 0 & 1 \\ 0 & 0 \end{bmatrix}$, $AA^\top \neq A^\top A$.", "equal(A @ B, B @ A)"),
        (r"$\det(AB) = \det A \cdot \det B$ for all square matrices $A$ and $B$ of the same size.", True,
         "The factors by which the two maps change volumes are multiplied.", "equal(torch.det(A @ B), torch.det(A) * torch.det(B))"),
        (r"$\det(2A) = 2 \det A$ for every $3 \times 3$ matrix $A$.", False,
         r"Each of the three rows is doubled: $\det(2A) = 2^3 \det A = 8 \det A$.", "equal(torch.det(2 * A), 2 * torch.det(A))"),
        ("A square matrix is invertible exactly if its determinant is not zero.", True,
         "With determinant zero the columns are linearly dependent, so two different vectors have the same image; otherwise they are a basis.", "torch.det(A) != 0 and equal(A @ torch.inverse(A), torch.eye(3, dtype=A.dtype))"),
        ("The sum of the diagonal entries of a square matrix equals the sum of its eigenvalues (complex ones and multiplicities counted).", True,
         "Both are the same coefficient of the characteristic polynomial, up to the same sign.", "equal(torch.linalg.eigvals(A).sum().real, A.trace())"),
        (r"A $3 \times 5$ matrix may have rank 4.", False,
         "The rank is at most the number of rows and at most the number of columns, so here at most 3.", "torch.linalg.matrix_rank(torch.rand(3, 5)) == 4"),
        ("If the dot product of two vectors is zero, then at least one of the two is the zero vector.", False,
         "They may be orthogonal: $(1, 2) \\cdot (2, -1) = 0$.", "torch.tensor([1, 2]) @ torch.tensor([2, -1]) != 0"),
        (r"$\lVert x \rVert_1 \ge \lVert x \rVert_2$ for every vector $x$.", True,
         r"$(\sum_i |x_i|)^2 = \sum_i x_i^2$ plus products that are not negative.", "u.abs().sum() >= u.norm()"),
        ("All eigenvalues of a real square matrix are real numbers.", False,
         r"A rotation by 90° has the eigenvalues $i$ and $-i$. (Those of a *symmetric* real matrix are real.)", "torch.linalg.eigvals(torch.tensor([[0.0, -1.0], [1.0, 0.0]])).imag.abs().max() == 0"),
    ),
    "calculus": (
        (r"The gradient of $f(x) = x^\top x$ is $2x$.", True,
         r"$f(x) = \sum_i x_i^2$, and $\partial f / \partial x_i = 2 x_i$.", "equal(grad(lambda x: x @ x)(u), 2 * u)"),
        ("Where the gradient of a differentiable function is not zero, it points in the direction in which the function grows fastest.", True,
         "The slope in the direction of a unit vector is its dot product with the gradient, which is largest if both have the same direction.", "v @ v / v.norm() >= v @ u / u.norm()"),
        ("Where the gradient of a differentiable function is zero, the function has a minimum or a maximum.", False,
         "It may be a saddle point, as for $x^2 - y^2$ at $(0, 0)$.", "torch.linalg.eigvalsh(torch.tensor([[2.0, 0.0], [0.0, -2.0]])).prod() > 0"),
        ("If all second derivatives of a function are continuous, its Hessian is symmetric.", True,
         "Mixed second derivatives do not depend on the order then (theorem of Schwarz).", "equal(hessian(lambda x: x[0] * x[1] ** 2 * x[2].exp())(u), hessian(lambda x: x[0] * x[1] ** 2 * x[2].exp())(u).T)"),
        (r"For $x > 0$, the derivative of $\ln(3x)$ is $\frac{1}{3x}$.", False,
         r"By the chain rule it is $\frac{1}{3x} \cdot 3 = \frac{1}{x}$.", "equal(grad(lambda x: (3 * x).log())(t), 1 / (3 * t))"),
        (r"The derivative of $f(g(x))$ is $f'(x)\, g'(x)$ for all differentiable functions $f$ and $g$.", False,
         r"The outer derivative is taken at the inner value: $f'(g(x))\, g'(x)$.", "equal(grad(lambda x: (x**2).sin())(t), t.cos() * 2 * t)"),
        (r"If the Jacobian has one row for each output, that of a function from $\mathbb{R}^3$ to $\mathbb{R}^2$ has 2 rows and 3 columns.", True,
         "A row for each of the 2 outputs and a column for each of the 3 inputs.", "jacrev(lambda x: x[:2] ** 2)(u).shape == (2, 3)"),
        ("The directional derivative of a differentiable function in a direction at right angles to its gradient is zero.", True,
         "It is the dot product of the gradient and the direction.", "torch.tensor([1, 2]) @ torch.tensor([2, -1]) == 0"),
    ),
    "probability": (
        ("From $P(A) = 0.3$ and $P(B) = 0.4$ follows $P(A \\text{ and } B) = 0.12$.", False,
         "Only if $A$ and $B$ are independent. If $A$ is a part of $B$, for example, it is 0.3.", ""),
        (r"$\operatorname{Var}(2X) = 4 \operatorname{Var}(X)$ for every random variable $X$ with a variance.", True,
         "Deviations from the mean are doubled, so their squares become four times as large.", "equal((2 * u).var(), 4 * u.var())"),
        (r"$\operatorname{Var}(X + Y) = \operatorname{Var}(X) + \operatorname{Var}(Y)$ if $X$ and $Y$ are independent and have variances.", True,
         r"In general $2 \operatorname{Cov}(X, Y)$ is added, which is 0 for independent variables.", "equal(torch.cartesian_prod(dice, dice).sum(dim=1).var(correction=0), 2 * dice.var(correction=0))"),
        ("If the covariance of $X$ and $Y$ is zero, then $X$ and $Y$ are independent.", False,
         "If $X$ is -1, 0 or 1 with equal probability and $Y = X^2$, the covariance is 0, but $X$ determines $Y$.", ""),
        (r"$P(A \mid B) = P(B \mid A)$ for all events $A$ and $B$ with positive probabilities.", False,
         r"With a die, $P(\text{six} \mid \text{even}) = \frac{1}{3}$, but $P(\text{even} \mid \text{six}) = 1$.", "(dice[dice % 2 == 0] == 6).double().mean() == (dice[dice == 6] % 2 == 0).double().mean()"),
        ("The entropy of the toss of a fair coin is 1 bit.", True,
         r"$-\frac{1}{2} \log_2 \frac{1}{2} - \frac{1}{2} \log_2 \frac{1}{2} = 1$.", "-2 * 0.5 * math.log2(0.5) == 1"),
        (r"$\mathbb{E}[X + Y] = \mathbb{E}[X] + \mathbb{E}[Y]$ holds also if $X$ and $Y$ depend on each other (and have expectations).", True,
         "Expectation is linear; independence is not needed.", "equal((dice + dice**2).mean(), dice.mean() + (dice**2).mean())"),
        ("The density of a continuous random variable can nowhere be larger than 1.", False,
         r"Only the area under it is 1: the uniform density on $[0, \frac{1}{2}]$ is 2.", "Uniform(0.0, 0.5).log_prob(torch.tensor(0.2)).exp() <= 1"),
        (r"The Kullback-Leibler divergence is symmetric: $D(p \parallel q) = D(q \parallel p)$ for all distributions $p$ and $q$.", False,
         "The logarithms of the ratio are averaged with $p$ in one case and with $q$ in the other, which gives different values in general.", "equal((p * (p / q).log()).sum(), (q * (q / p).log()).sum())"),
        (r"The Kullback-Leibler divergence $D(p \parallel q)$ is never negative.", True,
         "It is the cross-entropy of $q$ under $p$ minus the entropy of $p$, which is the least cross-entropy possible.", "(p * (p / q).log()).sum() >= 0"),
    ),
    "neurons": (
        ("A single neuron with a step activation can compute *exclusive or* (XOR) of its two inputs 0 or 1.", False,
         "No straight line separates $(0, 0)$ and $(1, 1)$ from $(0, 1)$ and $(1, 0)$.", "any(b <= 0 < min(w + b, x + b) and w + x + b <= 0 for w in range(-9, 10) for x in range(-9, 10) for b in range(-9, 10))"),
        ("The perceptron learning rule comes to an end, without errors, on every training set with two classes, if it runs long enough.", False,
         "It does so only if the classes are linearly separable. Otherwise some point is always wrong and the corrections never end.", ""),
        (r"$\sigma(-z) = 1 - \sigma(z)$ for the logistic sigmoid $\sigma$ and every $z$.", True,
         r"$\frac{1}{1 + e^{z}} = \frac{e^{-z}}{1 + e^{-z}} = 1 - \frac{1}{1 + e^{-z}}$.", "equal(torch.sigmoid(-u), 1 - torch.sigmoid(u))"),
        (r"The derivative of $\tanh$ is nowhere larger than $\frac{1}{4}$.", False,
         r"It is $1 - \tanh^2 z$, which is 1 at $z = 0$. (That of the sigmoid is at most $\frac{1}{4}$.)", "grad(torch.tanh)(torch.tensor(0.0)) <= 1 / 4"),
        ("A softmax gives the same probabilities if the same number is added to all its inputs.", True,
         r"Numerator and denominator are both multiplied by $e^c$, which cancels.", "equal((u + 5).softmax(dim=0), u.softmax(dim=0))"),
        ("A softmax gives the same probabilities if all its inputs are multiplied by 2.", False,
         "The differences of the inputs are doubled, so the probabilities move further apart (unless all inputs are equal).", "equal((2 * u).softmax(dim=0), u.softmax(dim=0))"),
        (r"The derivative of $\operatorname{ReLU}(z)$ is 1 for every $z \neq 0$.", False,
         "It is 0 for negative $z$.", "grad(torch.relu)(torch.tensor(-1.0)) == 1"),
        ("The decision boundary $w \\cdot x + b = 0$ of a neuron is at right angles to its weight vector $w$ (which is not zero).", True,
         "For two points $x$ and $x'$ on it, $w \\cdot (x - x') = -b + b = 0$.", "torch.tensor([1, 2]) @ (torch.tensor([2, 0]) - torch.tensor([0, 1])) == 0"),
        ("If the weights and the bias of a neuron with a step activation are all doubled, its outputs stay the same.", True,
         "The sign of $w \\cdot x + b$ does not change.", "(u @ v - 0.5 > 0) == (2 * u @ v - 2 * 0.5 > 0)"),
    ),
    "losses": (
        ("If a classifier gives the right class a probability of 0.5, its cross-entropy (with the natural logarithm) for this example is 0.5.", False,
         r"It is $-\ln 0.5 = \ln 2 \approx 0.693$.", "-math.log(0.5) == 0.5"),
        ("The gradient of the cross-entropy with respect to the logits $z$ of a softmax is $p - y$: probabilities minus one-hot target.", True,
         r"With $p_i = e^{z_i} / \sum_j e^{z_j}$, $-\ln p_c = -z_c + \ln \sum_j e^{z_j}$ has the derivative $p_i$, minus 1 where $i = c$.", "equal(grad(lambda z: -z.log_softmax(dim=0)[1])(u), u.softmax(dim=0) - torch.eye(3, dtype=u.dtype)[1])"),
        (r"The hinge loss $\max(0, 1 - tz)$, with target $t = \pm 1$ and score $z$, is zero for every example on the right side of the decision boundary.", False,
         "It is zero only from the margin on, for $tz \\ge 1$: with $t = 1$ and $z = 0.3$ it is 0.7.", "max(0, 1 - 1 * 0.3) == 0"),
        ("The mean squared error is less sensitive to outliers than the mean absolute error.", False,
         "Squares make the largest errors dominate: of the errors 1, 1 and 10, the last has 98 % of the squares, but 83 % of the absolute values.", "100 / (1 + 1 + 100) < 10 / (1 + 1 + 10)"),
        (r"If a classifier gives all ten classes the same probability, its cross-entropy is $\ln 10$, whichever class is right.", True,
         r"$-\ln \frac{1}{10} = \ln 10 \approx 2.303$.", "equal(F.cross_entropy(torch.zeros(1, 10), torch.tensor([3])), torch.tensor(10).log())"),
        ("Accuracy itself can serve as the loss for gradient descent, since a small change of the weights almost always changes it a little.", False,
         "A small change of the weights mostly does not change any decision: accuracy is constant piece by piece, with the gradient zero.", ""),
        ("A classifier with a precision of 1 finds all positive examples.", False,
         "Precision of 1 means that all it calls positive is positive; it may overlook many. Finding all would be a recall of 1.", "1 / (1 + 9) == 1"),
        ("A language model that always gives each of 50 words the same probability has a perplexity of 50.", True,
         r"$e^{-\ln (1/50)} = 50$: the perplexity is the number of equally likely words.", "math.isclose(math.exp(-math.log(1 / 50)), 50)"),
        ("If the target is 1 and the output of a sigmoid approaches 0, the binary cross-entropy grows without bound.", True,
         r"It is $-\ln p$, which goes to infinity as $p$ goes to 0. (The squared error would stay below 1.)", "F.binary_cross_entropy(torch.tensor(1e-30), torch.tensor(1.0)) > 60"),
    ),
    "networks": (
        ("However many dense layers it has, a network without any activation functions computes a function of the form $W x + b$.", True,
         r"$W_2 (W_1 x + b_1) + b_2 = (W_2 W_1) x + (W_2 b_1 + b_2)$, and so on for more layers.", "equal(A @ (B @ u + v) + u, (A @ B) @ u + (A @ v + u))"),
        ("A dense layer with 100 inputs and 50 outputs, with biases, has 5000 parameters.", False,
         r"$100 \cdot 50 = 5000$ weights and 50 biases: 5050.", "count(nn.Linear(100, 50)) == 5000"),
        ("If all weights and biases of a network start at the same value, the units of a hidden dense layer become different from each other by gradient descent.", False,
         "They compute the same and get the same gradient in every step, so they stay equal. Random start values break this symmetry.", "not equal(*grad(lambda W: (W @ u).tanh().sum() ** 2)(torch.ones(2, 3, dtype=u.dtype)))"),
        ("For the gradient of a network with a million parameters, backpropagation goes backwards through the network a million times.", False,
         "One backward pass gives all derivatives, because it reuses those of the later layers.", ""),
        ("A network with one hidden layer of enough sigmoid units and a linear output can approximate any continuous function on a closed and bounded set as closely as one likes.", True,
         "This is the universal approximation theorem. (It does not say how many units are enough, nor that training finds them.)", ""),
        ("By the universal approximation theorem, gradient descent finds the best weights of a large enough network.", False,
         "The theorem says that good weights exist, not that any training finds them.", ""),
        (r"For one example, the gradient of the loss with respect to the weights $W$ of a dense layer $z = Wx + b$ is $\delta x^\top$, where $\delta$ is the gradient with respect to $z$.", True,
         r"$\partial z_i / \partial W_{ij} = x_j$, so the entry in row $i$ and column $j$ is $\delta_i x_j$.", "equal(grad(lambda W: v @ (W @ u))(A), torch.outer(v, u))"),
        (r"Along one path through ten sigmoid units, with weights of size at most 1 between them, a gradient keeps at most $4^{-10}$ of its size.", True,
         r"Each sigmoid contributes a factor of at most $\frac{1}{4}$, each weight one of at most 1.", "max(torch.sigmoid(z) * (1 - torch.sigmoid(z)) for z in torch.linspace(-5, 5, 101)) ** 10 <= 4.0**-10"),
    ),
    "optimisers": (
        ("With a small enough learning rate, gradient descent reaches the global minimum of every differentiable loss, from every starting point.", False,
         "It may end in a local minimum or at a saddle point; only for convex losses is every minimum a global one.", ""),
        (r"Started at any $x \neq 0$, gradient descent on $f(x) = x^2$ with the learning rate 1 jumps between $x$ and $-x$ for ever.", True,
         r"$x - 1 \cdot 2x = -x$.", "t - 1 * grad(lambda x: x**2)(t) == -t"),
        ("Momentum with the coefficient 0 is the same as plain gradient descent.", True,
         r"The velocity is then $0 \cdot v - \alpha g$, so the update is $-\alpha g$.", ""),
        ("In Adagrad, the factor by which a parameter's gradient is multiplied can grow again when its gradients become small.", False,
         r"The factor is $\alpha / \sqrt{\text{sum of all squared gradients}}$, and the sum never falls. (In RMSprop the factor can grow again.)", ""),
        (r"At Adam's very first update each parameter with a gradient other than zero moves by the learning rate, up to the tiny $\epsilon$.", True,
         r"With the bias corrections $\hat{m} = g$ and $\hat{v} = g^2$, so the step is $\alpha\, g / \sqrt{g^2} = \pm \alpha$.", "math.isclose(0.1 * (0.1 * 5 / (1 - 0.9)) / (0.001 * 25 / (1 - 0.999)) ** 0.5, 0.1)"),
        ("Twice as many (independent) examples in a mini-batch halve the standard deviation of its mean gradient.", False,
         r"It is divided by $\sqrt{2}$; to halve it takes four times as many examples.", "1 / 2**0.5 == 1 / 2"),
        ("With 1000 training examples and mini-batches of 100, an epoch has ten updates.", True,
         r"$1000 / 100 = 10$ mini-batches, each with one update.", "1000 / 100 == 10"),
        ("Clipping a gradient by its norm changes the direction of the gradient.", False,
         "The whole vector is multiplied by one positive number. (Clipping each entry by its value can change the direction.)", "not equal(F.cosine_similarity(u, 0.1 * u / u.norm(), dim=0), torch.tensor(1.0, dtype=u.dtype))"),
        ("If the examples of a mini-batch are drawn uniformly at random, the expectation of its mean gradient is the gradient of the mean training loss.", True,
         "Each example has the same chance to be in it, so the mini-batch is an unbiased sample.", "equal(torch.combinations(dice, 2).mean(dim=1).mean(), dice.mean())"),
    ),
    "regularisation": (
        ("Of the $L_1$ and the $L_2$ penalty, it is $L_1$ that tends to make weights exactly zero.", True,
         "Its pull does not get weaker as a weight gets smaller, so small weights reach zero.", ""),
        ("With inverted dropout and $p = 0.5$, all activations are doubled at test time.", False,
         "The kept ones are doubled in training; at test time nothing is done.", "equal(nn.Dropout(0.5).eval()(u), 2 * u)"),
        ("In evaluation mode, batch normalisation normalises with the mean and the variance of the batch at hand.", False,
         "It uses the running averages that it has collected in training.", "nn.BatchNorm1d(3).eval()(5 + torch.rand(8, 3)).mean().abs() < 0.1"),
        ("What layer normalisation gives for one example does not depend on the other examples of the batch.", True,
         "Mean and variance are taken over the features of each example on its own.", "equal(F.layer_norm(A, (3,))[0], F.layer_norm(A[0], (3,)))"),
        ("A training loss far below the validation loss is a sign of underfitting.", False,
         "It is a sign of overfitting. In underfitting the training loss itself stays high.", ""),
        ("Hyperparameters may be chosen by the test loss, as long as no gradient is computed on the test data.", False,
         "The choice itself fits the test data, so the test loss becomes too optimistic. Validation data are there for that.", ""),
        (r"In plain gradient descent with the learning rate $\alpha$, the penalty $\frac{\lambda}{2} \lVert w \rVert_2^2$ multiplies $w$ by $1 - \alpha \lambda$ in each update, in addition to the step along the loss.", True,
         r"$w - \alpha (g + \lambda w) = (1 - \alpha \lambda)\, w - \alpha g$.", "equal(u - 0.1 * (v + 0.5 * u), (1 - 0.1 * 0.5) * u - 0.1 * v)"),
        ("Early stopping needs data that are not used to compute gradients.", True,
         "The loss on data that are trained on would mostly go on falling and would not show when overfitting begins.", ""),
        ("A batch normalisation layer for 16 channels has 32 parameters that are learnt by gradient descent.", True,
         "A scale and a shift for each channel. (The running mean and variance are not learnt by gradients.)", "count(nn.BatchNorm2d(16)) == 32"),
    ),
    "convolution": (
        (r"A $3 \times 3$ convolution with stride 1 and padding 1 halves the height and the width.", False,
         r"$(n + 2 \cdot 1 - 3) / 1 + 1 = n$: height and width stay.", "nn.Conv2d(1, 1, 3, padding=1)(torch.rand(1, 1, 8, 8)).shape[-1] == 4"),
        (r"A convolutional layer with 16 filters of $3 \times 3$ on an image with 3 channels, with biases, has 448 parameters.", True,
         r"$16 \cdot (3 \cdot 3 \cdot 3 + 1) = 448$.", "count(nn.Conv2d(3, 16, 3)) == 448"),
        ("The number of parameters of a convolutional layer grows with the height and the width of its input.", False,
         "It depends on the kernel size and the numbers of channels only; the same kernels are used at all places.", ""),
        ("Max pooling has no parameters that are learnt.", True,
         "It only picks the largest value of each window.", "count(nn.MaxPool2d(2)) == 0"),
        (r"A value after two $3 \times 3$ convolutions with stride 1, one after the other, depends on $5 \times 5$ values of the input.", True,
         r"Each layer adds one value on each side: $3 + 2 = 5$.", "nn.Conv2d(1, 1, 3)(nn.Conv2d(1, 1, 3)(torch.rand(1, 1, 5, 5))).shape == (1, 1, 1, 1)"),
        ("The convolution layers of deep-learning libraries such as PyTorch flip the kernel before they slide it over the input.", False,
         "They compute a cross-correlation, without a flip. As kernels are learnt, the difference does not matter.", "F.conv1d(torch.tensor([[[1.0, 2.0, 3.0]]]), torch.tensor([[[1.0, 0.0, 0.0]]])).item() == 3"),
        (r"A $1 \times 1$ convolution can change the number of channels.", True,
         "At each place it is a dense layer over the channels: its number of filters is the new number of channels.", "nn.Conv2d(8, 4, 1)(torch.rand(1, 8, 5, 5)).shape[1] == 4"),
        ("A convolution with kernel size 5, stride 2 and no padding turns a width of 32 into 16.", False,
         r"$\lfloor (32 - 5) / 2 \rfloor + 1 = 13 + 1 = 14$.", "nn.Conv1d(1, 1, 5, stride=2)(torch.rand(1, 1, 32)).shape[-1] == 16"),
        (r"From 64 to 128 channels, a depthwise $3 \times 3$ convolution followed by a $1 \times 1$ convolution has fewer weights than one usual $3 \times 3$ convolution.", True,
         r"$64 \cdot 9 + 64 \cdot 128 = 8768$ against $64 \cdot 128 \cdot 9 = 73\,728$.", "count(nn.Conv2d(64, 64, 3, groups=64)) + count(nn.Conv2d(64, 128, 1)) < count(nn.Conv2d(64, 128, 3))"),
        ("A one-dimensional kernel of size 3 with dilation 2 (and one channel in and out) has 5 weights.", False,
         "It has 3 weights, which are spread over a width of 5.", "nn.Conv1d(1, 1, 3, dilation=2).weight.numel() == 5"),
    ),
    "recurrent networks": (
        ("A recurrent layer has the more parameters the longer its input sequences are.", False,
         "The same weights are used at every time step.", ""),
        ("With the same sizes of input and state, an LSTM layer has four times as many parameters as a simple recurrent layer.", True,
         "Three gates and the candidate each have a set of weights like that of the simple layer.", "count(nn.LSTM(5, 7)) == 4 * count(nn.RNN(5, 7))"),
        ("Like an LSTM, a GRU passes on two vectors from step to step: a hidden state and a cell state.", False,
         "A GRU has a hidden state only.", "isinstance(nn.GRUCell(2, 3)(torch.rand(1, 2)), tuple)"),
        ("Clipping gradients helps against exploding gradients, but not against vanishing ones.", True,
         "It makes large gradients smaller and leaves small ones as they are.", ""),
        ("A forget gate of 1 deletes the cell state of an LSTM.", False,
         "It multiplies the old cell state by 1, so everything is kept; 0 would delete it.", "1 * 5.0 == 0"),
        ("A bidirectional recurrent network can give its output for the first time step before it has read the last one.", False,
         "Its backward direction starts at the end of the sequence and comes to the first time step last.", ""),
        ("In backpropagation through time, the gradient of a recurrent weight is the sum of its contributions from all time steps.", True,
         "The weight is used in every step, and each use adds its part.", "equal(grad(lambda w: w * (w * 2 + 1))(t), (t * 2 + 1) + t * 2)"),
        (r"In the recurrence $h_t = 0.9\, h_{t-1} + x_t$, the derivative of $h_{50}$ with respect to $h_0$ is larger than 0.1.", False,
         r"It is $0.9^{50} \approx 0.005$: the gradient vanishes.", "0.9**50 > 0.1"),
        ("A sequence-to-sequence model with encoder and decoder can give an output that is longer than its input.", True,
         "The decoder writes until it gives the end token; its number of steps does not depend on that of the encoder.", ""),
    ),
    "attention": (
        ("The attention weights that a query gives to all keys are positive (or zero, if masked) and sum to 1.", True,
         "They come from a softmax over the keys.", "equal((A @ u).softmax(dim=0).sum(), torch.tensor(1.0, dtype=u.dtype))"),
        ("In self-attention without positional encoding (and without a mask), the output vector of a token changes if the other tokens come in another order.", False,
         "The query of the token still sees the same set of keys and values, and a weighted sum does not depend on the order.", "not equal(attend(A.flip(0)), attend(A).flip(0))"),
        ("If a sequence gets twice as long, self-attention computes four times as many scores.", True,
         "Each of $n$ queries is compared with each of $n$ keys: $n^2$ scores.", "(2 * A.shape[0]) ** 2 == 4 * (A @ A.T).numel()"),
        (r"Scaled dot-product attention divides the scores by $d_k$, the length of the keys.", False,
         r"It divides by $\sqrt{d_k}$, which is how the standard deviation of dot products grows.", "equal(attend(A), (A @ A.T / 3).softmax(dim=1) @ A)"),
        ("Eight heads of width 64 have eight times as many weights in their projections as one head of width 512.", False,
         r"Eight projections from 512 to 64 have as many weights as one from 512 to 512.", "count(nn.MultiheadAttention(512, 8)) == 8 * count(nn.MultiheadAttention(512, 1))"),
        ("Under a causal mask, the first token of a sequence attends to itself only.", True,
         "All other tokens come later and are masked.", "equal(F.scaled_dot_product_attention(A[None], A[None], A[None], is_causal=True)[0, 0], A[0])"),
        (r"A ViT with patches of $16 \times 16$ pixels cuts an image of $224 \times 224$ pixels into 196 patches.", True,
         r"$(224 / 16)^2 = 14^2 = 196$.", "(224 // 16) ** 2 == 196"),
        ("The feed-forward network of a transformer layer passes information from one token to another.", False,
         "It treats each token on its own, with the same weights. Tokens exchange information in the attention.", "not equal(F.linear(A, B)[0], F.linear(A[0], B))"),
        ("When a transformer translates, the queries of the cross-attention come from the encoder and the keys and values from the decoder.", False,
         "It is the other way round: the decoder asks with its queries, and keys and values come from the encoder.", ""),
        ("When a transformer writes a text token by token, the keys and values of earlier tokens can be stored and need not be computed again.", True,
         "Under the causal mask they do not depend on later tokens. This is the key-value cache.", ""),
        ("BERT is trained with a causal mask, so each of its tokens sees earlier tokens only.", False,
         "BERT's encoder looks to both sides; it fills gaps in a text. A causal mask is part of GPT.", ""),
    ),
}  # fmt: skip

ALL = {text: (holds, reason, witness) for told in TOPICS.values() for text, holds, reason, witness in told}


def draw_statements(random):
    """Five statements on different topics, of which one to four are true."""
    count = random.choice([1, 2, 2, 3, 3, 4])
    wanted = random.sample([True] * count + [False] * (5 - count), 5)
    topics = random.sample(list(TOPICS), 5)
    return tuple(random.choice([s[0] for s in TOPICS[t] if s[1] == w]) for t, w in zip(topics, wanted, strict=True))


def lettered(statements):
    """Each letter with whether its statement holds, the reason and the witness."""
    unknown = [s for s in statements if s not in ALL]
    if unknown:
        msg = f"'{unknown[0]}' is none of the question's own statements"
        raise ValueError(msg)
    return {letter: ALL[s] for letter, s in zip(ascii_uppercase, statements, strict=False)}


def witness_line(letter, told):
    """The line of the snippet for a statement."""
    holds, _, witness = told
    return f'    "{letter}": {witness},' if witness else f'    "{letter}": {holds},   # see the solution'


SETUP = {
    "math": "import math",
    "torch": "import torch",
    "nn": "from torch import nn",
    "Uniform": "from torch.distributions import Uniform",
    "grad|hessian|jacrev": "from torch.func import grad, hessian, jacrev",
    "F": "from torch.nn import functional as F",
    "rand|randn|A|B|u": "torch.manual_seed(0)",
    "A|B": "A, B = torch.rand(2, 3, 3, dtype=torch.float64)",
    "u|v": "u, v = torch.rand(2, 3, dtype=torch.float64)",
    "p|q": "p, q = u.softmax(dim=0), v.softmax(dim=0)",
    "t": "t = torch.tensor(0.7)",
    "dice": "dice = torch.arange(1.0, 7.0)",
    "equal": "equal = torch.allclose",
    "count": "def count(layer): return sum(w.numel() for w in layer.parameters())",
    "attend": "def attend(x): return F.scaled_dot_product_attention(x[None], x[None], x[None])[0]",
}


def setup(statements):
    """The lines before the witnesses: of all, those whose names are used."""
    code, kept = " ".join(witness for _, _, witness in lettered(statements).values() if witness), []
    for names, line in reversed(SETUP.items()):
        if search(rf"\b({names})\b", code):
            code, kept = f"{line} {code}", [line, *kept]
    return "\n".join(kept)


given = dict(statements=draw_statements)

words = dict(
    listing=lambda statements: "\n\n".join(f"**{letter}**  {s}" for letter, s in zip(ascii_uppercase, statements, strict=False)),
    setup=setup,
    lines=lambda statements: "\n".join(witness_line(*pair) for pair in lettered(statements).items()),
)


@step(symbol=r"\text{true statements}", marks=3, unordered=True, each=True)
def true_statements(statements):
    """Look for a counterexample to each statement; if there is none, look for the reason."""
    return frozenset(letter for letter, (holds, _, _) in lettered(statements).items() if holds)


@true_statements.working
def reasons(statements):
    verdicts = {True: "true", False: "false"}
    return "\n".join(f"- **{letter}** is {verdicts[holds]}. {reason}" for letter, (holds, reason, _) in lettered(statements).items())


@true_statements.mistake()
def the_false_ones(statements):
    """You gave the letters of the false statements. Asked are the true ones."""
    return frozenset(letter for letter, (holds, _, _) in lettered(statements).items() if not holds)


@true_statements.mistake(when=lambda true_statements, statements: 2 * len(true_statements) <= len(statements))
def all_of_them(statements):
    """You named all statements, but false ones take away what the true ones bring. Name only those that you are convinced of."""
    return frozenset(lettered(statements))


pytorch = """
<setup:s>
holds = {
<lines:s>
}
true_statements = {letter for letter, it_holds in holds.items() if it_holds}
"""
