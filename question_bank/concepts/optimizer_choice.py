r"""Which optimiser does this describe?

<description>

Which optimiser is it? ($\theta$ are the parameters, $g$ is the gradient, $\alpha$ the learning rate. *Momentum* is the classic form, *Nesterov* is Nesterov's
momentum, and *SGD* is plain stochastic gradient descent.)
"""

from dlexam import one_of, step

about = dict(minutes=1, tags=["optimisers"])

OPTIONS = ("SGD", "momentum", "Nesterov", "Adagrad", "RMSprop", "Adadelta", "Adam", "AdamW")

CASES = {
    "A very large model is to be trained, and memory is short: besides the parameters and the current gradient, the optimiser may not store a single number.": (
        "SGD", r"$\theta - \alpha g$ needs nothing from earlier updates. Every other method here keeps at least one number for each parameter."),
    "The same gradient always leads to the same update, at the first update as at the thousandth: the update depends on the gradient of the moment and a fixed learning rate only.": (
        "SGD", "Without any memory the history cannot matter. All the other methods carry averages or sums along."),
    r"If the gradient of one step is doubled, the update of this step is doubled, too, and nothing else changes, now or later: with a fixed $\alpha$ each update is $-\alpha g$.": (
        "SGD", r"The update is proportional to the present gradient, and the next updates do not remember it."),
    "In a long, narrow valley plain gradient descent zigzags between the walls. Here, 0.9 times the last step is added to each new step, so that steps across the valley cancel and steps along it add up. The gradient is taken where the parameters are.": (
        "momentum", "A share of the last step is kept: a velocity. The gradient is taken at the present place, which is the classic form."),
    "Like a heavy ball, the parameters gather speed downhill and roll through small bumps. What pushes the ball is the slope at the place where it is now.": (
        "momentum", "The speed is a decaying sum of gradients. Nesterov's form would take the slope ahead of the ball."),
    r"The training loop has the lines `v = 0.9 * v - lr * g` and `w = w + v`, where `g` is the gradient at the present `w`.": (
        "momentum", "`v` is a velocity that keeps 0.9 of itself and is pushed by the gradient at the present place."),
    r"First the parameters are moved along the velocity from before. The gradient is taken at this look-ahead point, and only then is the velocity corrected.": (
        "Nesterov", "Look ahead first, then take the gradient there: if the velocity leads too far, this is noticed a step earlier."),
    r"The velocity is updated as $v \leftarrow 0.9\, v - \alpha \nabla L(\theta + 0.9\, v)$, and then $\theta \leftarrow \theta + v$.": (
        "Nesterov", r"The gradient is taken at $\theta + 0.9\, v$, not at $\theta$: the look-ahead point."),
    "Compared with a rolling ball that only feels the slope under it, this ball looks where it is about to be, and brakes before the slope goes up again.": (
        "Nesterov", "The gradient at the look-ahead point already holds the rise to come. The classic form takes the slope under the ball."),
    "Each parameter's gradient is divided by the root of the sum of *all* its squared gradients since the start. In long trainings the steps become so small that nothing moves any more.": (
        "Adagrad", "A sum of squares can only grow, so the steps shrink for ever."),
    "Word vectors are trained. Rare words, which seldom have a gradient, keep large steps; for frequent words the sum of all squared gradients has grown and the steps are small. Nothing of the past is forgotten.": (
        "Adagrad", "The sum of all squared gradients gives each parameter a learning rate of its own, and suits sparse data."),
    "The training loop has the lines `s = s + g * g` and `w = w - lr * g / (s.sqrt() + eps)`.": (
        "Adagrad", "`s` is a sum, not a moving average: old squared gradients count as much as new ones."),
    "The gradient is divided by the root of a moving average of its squares. The gradient itself is not averaged, a learning rate has to be set, and no bias is corrected.": (
        "RMSprop", "Only the squares are averaged. Adam would average the gradient as well, and Adadelta needs no learning rate."),
    r"To keep Adagrad's steps from shrinking for ever, its sum is replaced by a moving average, $s \leftarrow 0.9\, s + 0.1\, g^2$. Nothing else is changed.": (
        "RMSprop", "Old squares are forgotten exponentially. Adadelta would change the learning rate, too, and Adam the gradient."),
    "The training loop has the lines `s = 0.9 * s + 0.1 * g * g` and `w = w - lr * g / (s.sqrt() + eps)`.": (
        "RMSprop", "`s` is a moving average of squared gradients; the gradient `g` itself is used as it is."),
    "There is no learning rate to set: its place is taken by the root mean square of the last updates.": (
        "Adadelta", "The ratio of two root mean squares, of the updates and of the gradients, sets the size of a step."),
    "The update shall have the same unit as the parameter. So the gradient is divided by the root of the average squared gradient, and multiplied by the root of the average squared *update*.": (
        "Adadelta", "Gradient over root mean square gradient has no unit; the root mean square of the updates gives it the unit of the parameter."),
    "Two moving averages are kept for each parameter: of its squared gradients and of its squared updates. The gradient itself is not averaged.": (
        "Adadelta", "Squared updates are averaged by Adadelta only. Adam's two averages are those of the gradient and of the squared gradient."),
    "Momentum and RMSprop are combined: moving averages of the gradient and of the squared gradient are kept. Both start at zero and are therefore divided by $1 - \\beta^t$ at update $t$, where $\\beta$ is the decay rate of the average. There is no weight decay.": (
        "Adam", "Two averages, both corrected for their start at zero."),
    r"Beside each parameter, its checkpoint holds $m$ and $v$, averages of gradients and squared gradients, and the number $t$ of updates. A penalty on the weights, if any, is added to the loss and so goes through $m$ and $v$, too.": (
        "Adam", "The two averages and the count for the bias correction are Adam's. In AdamW the decay would not go through them."),
    r"The step is $\alpha\, \hat{m} / (\sqrt{\hat{v}} + \epsilon)$ and nothing more, with an average $\hat{m}$ of gradients, an average $\hat{v}$ of squared gradients and a tiny $\epsilon$. At the first update $\hat{m} = g$ and $\hat{v} = g^2$, thanks to the bias corrections.": (
        "Adam", r"A corrected average $\hat{m}$ over the root of a corrected average $\hat{v}$ of squares; no decay is subtracted, as AdamW would."),
    r"With an $L_2$ penalty in the loss, weights with large gradients were hardly shrunk, since the penalty, too, was divided by the root of the average squared gradient. Now $\alpha \lambda \theta$, with a fixed $\lambda$, is subtracted on its own, outside the adaptive step.": (
        "AdamW", "Decoupled weight decay: the shrinking no longer passes through the averages."),
    r"The update is $\theta \leftarrow \theta - \alpha\, \hat{m} / (\sqrt{\hat{v}} + \epsilon) - \alpha \lambda\, \theta$, where $\lambda$ and $\epsilon$ are constants and the averages $\hat{m}$ and $\hat{v}$ hold gradients of the loss without any penalty.": (
        "AdamW", r"The decay $\alpha \lambda\, \theta$ stands beside the adaptive step instead of being a part of $g$."),
    r"Transformers are often trained with this method: it keeps averages of the gradient and of its square, and in each update it also shrinks every weight by the same factor $1 - \alpha \lambda$ (with a constant $\lambda$), whatever its gradients were.": (
        "AdamW", "The same factor for all weights means that the decay is not divided by the size of the gradients: it is decoupled."),
}  # fmt: skip

TESTS = {
    "SGD": "not remembered",
    "momentum": "remembered == {'momentum_buffer'} and not settings['nesterov']",
    "Nesterov": "remembered == {'momentum_buffer'} and settings['nesterov']",
    "Adagrad": "remembered == {'sum'}",
    "RMSprop": "remembered == {'square_avg'}",
    "Adadelta": "remembered == {'square_avg', 'acc_delta'}",
    "Adam": "remembered == {'exp_avg', 'exp_avg_sq'} and not settings['weight_decay']",
    "AdamW": "remembered == {'exp_avg', 'exp_avg_sq'} and settings['weight_decay']",
}

given = dict(description=one_of(*CASES))

words = dict(test=lambda optimizer: TESTS[optimizer])


def case(description):
    """The optimiser and the reason."""
    if description not in CASES:
        msg = "this description is none of the question's own"
        raise ValueError(msg)
    return CASES[description]


@step(symbol=r"\text{optimiser}", marks=1, options=OPTIONS)
def optimizer(description):
    """Ask what is remembered from earlier updates, whether it fades, and where the gradient is taken."""
    return case(description)[0]


@optimizer.working
def why(description):
    return case(description)[1]


@optimizer.mistake(when=lambda optimizer: optimizer == "SGD")
def no_velocity_here(description):
    """Momentum remembers a velocity, so that earlier gradients go on counting. Here nothing is remembered: SGD."""
    return "momentum"


@optimizer.mistake(when=lambda optimizer: optimizer == "momentum")
def looks_ahead(description):
    """Nesterov's form takes the gradient at the look-ahead point. Here it is taken at the present place: classic momentum."""
    return "Nesterov"


@optimizer.mistake(when=lambda optimizer: optimizer == "Nesterov")
def look_ahead_overlooked(description):
    """Classic momentum takes the gradient at the present place. Here it is taken where the velocity is about to lead: Nesterov."""
    return "momentum"


@optimizer.mistake(when=lambda optimizer: optimizer == "Adagrad")
def sum_taken_for_an_average(description):
    """RMSprop forgets old squared gradients little by little. Here they are all summed up and kept: Adagrad."""
    return "RMSprop"


@optimizer.mistake(when=lambda optimizer: optimizer == "RMSprop")
def average_taken_for_a_sum(description):
    """Adagrad sums up all squared gradients and forgets none. Here it is a moving average: RMSprop."""
    return "Adagrad"


@optimizer.mistake(when=lambda optimizer: optimizer == "RMSprop")
def gradient_not_averaged(description):
    """Adam averages the gradient, too, and corrects both averages for their bias. Here only the squares are averaged: RMSprop."""
    return "Adam"


@optimizer.mistake(when=lambda optimizer: optimizer == "Adadelta")
def updates_overlooked(description):
    """RMSprop keeps no average of its updates, and needs a learning rate. The average of squared updates is Adadelta's."""
    return "RMSprop"


@optimizer.mistake(when=lambda optimizer: optimizer == "Adam")
def decay_not_there(description):
    """AdamW is Adam with a decoupled weight decay. Here no decay stands beside the adaptive step: Adam."""
    return "AdamW"


@optimizer.mistake(when=lambda optimizer: optimizer == "AdamW")
def decay_overlooked(description):
    """In Adam a penalty on the weights is a part of the gradient and is averaged and divided with it. Here the weights are shrunk on their own: AdamW."""
    return "Adam"


pytorch = """
import torch
w = torch.ones(2, requires_grad=True)
optimizers = {
    "SGD": torch.optim.SGD([w], lr=0.1), "momentum": torch.optim.SGD([w], lr=0.1, momentum=0.9),
    "Nesterov": torch.optim.SGD([w], lr=0.1, momentum=0.9, nesterov=True),
    "Adagrad": torch.optim.Adagrad([w]), "RMSprop": torch.optim.RMSprop([w]),
    "Adadelta": torch.optim.Adadelta([w]), "Adam": torch.optim.Adam([w]), "AdamW": torch.optim.AdamW([w]),
}
for name, method in optimizers.items():
    w.grad = torch.ones(2)
    method.step()
    settings = method.defaults
    remembered = {key for key, value in method.state[w].items() if key != "step" and value is not None}
    if <test:s>:   # what is described
        optimizer = name
"""
