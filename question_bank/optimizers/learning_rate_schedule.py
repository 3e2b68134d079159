r"""Learning-rate schedules

<story> with the base learning rate $\eta_0 = <lr0>$. Updates are counted from $u = 0$. <described>

What is the learning rate of update $u = <update>$?
"""

from math import cos, pi

from dlexam import by_level, grid, one_of, step
from dlexam.figures_grid import equals

about = dict(minutes=4, tags=["learning rate schedule"], decimals=6)


def draw_parameters(schedule, level, random):
    """The table of what a schedule needs."""
    if schedule == "step":
        size = random.choice(by_level((5, 10, 20), (10, 20, 30), (25, 30, 40))(level))
        return dict(step_size=size, gamma=random.choice(by_level((0.1, 0.5), (0.2, 0.5, 0.8), (0.3, 0.6, 0.9))(level)))
    if schedule == "exponential":
        return dict(gamma=random.choice((0.8, 0.9, 0.95, 0.98)))
    if schedule == "cosine":
        return dict(T_max=random.choice((20, 30, 40, 50, 60, 80)), min_lr=random.choice((0.001, 0.002, 0.01)))
    return dict(warmup_updates=random.choice(by_level((10, 20, 50), (200, 400, 500, 1000))(level)))


def draw_update(schedule, parameters, random):
    """An update at which the schedule shows; for steps, often the last one before a step."""
    if schedule == "step":
        size = parameters["step_size"]
        return random.randint(2, 4) * size - random.choice((1, 1, random.randint(2, size - 1)))
    if schedule == "warmup":
        return random.randint(2, 5 * parameters["warmup_updates"] // 4)
    return random.randint(3, 12) if schedule == "exponential" else random.randint(4, parameters["T_max"] - 4)


given = dict(
    lr0=by_level(one_of(0.1, 0.2, 0.4, 0.6, 0.8), grid(0.05, 0.4, by=0.05), grid(0.05, 0.4, by=0.01)),
    schedule=by_level(one_of("step", "warmup"), one_of("step", "exponential", "warmup"), one_of("cosine", "cosine", "exponential", "step")),
    parameters=draw_parameters,
    update=draw_update,
)


def describe(schedule, parameters):
    """A schedule in words and as a formula."""
    if schedule == "step":
        return rf"Every {parameters['step_size']} updates the learning rate is multiplied by $\gamma = {parameters['gamma']}$: $\eta_u = \eta_0\, \gamma^{{\lfloor u / {parameters['step_size']} \rfloor}}$."
    if schedule == "exponential":
        return rf"After every update the learning rate is multiplied by $\gamma = {parameters['gamma']}$: $\eta_u = \eta_0\, \gamma^u$."
    if schedule == "cosine":
        return rf"The learning rate follows half a cosine wave down to $\eta_{{\min}} = {parameters['min_lr']}$ in $T = {parameters['T_max']}$ updates: $\eta_u = \eta_{{\min}} + \frac{{1}}{{2}} (\eta_0 - \eta_{{\min}}) \left(1 + \cos \frac{{\pi u}}{{T}}\right)$."
    return rf"The learning rate rises linearly from 0 in $W = {parameters['warmup_updates']}$ updates (the warm-up) and is then kept: $\eta_u = \eta_0 \cdot \min\left(1, \frac{{u}}{{W}}\right)$."


SCHEDULERS = {
    "step": "StepLR(optimizer, step_size={step_size}, gamma={gamma})",
    "exponential": "ExponentialLR(optimizer, gamma={gamma})",
    "cosine": "CosineAnnealingLR(optimizer, T_max={T_max}, eta_min={min_lr})",
    "warmup": "LambdaLR(optimizer, lambda u: min(1, u / {warmup_updates}))",
}

words = dict(
    described=describe,
    scheduler=lambda schedule, parameters: SCHEDULERS[schedule].format(**parameters),
    story=lambda schedule, random: random.choice(
        {
            "step": ("A ResNet is trained", "An image classifier is trained", "AlexNet is trained from scratch"),
            "exponential": ("An autoencoder is trained", "A small network is trained"),
            "cosine": ("A vision transformer is trained", "A language model is fine-tuned"),
            "warmup": ("A transformer is trained", "A network is trained on large batches"),
        }[schedule]
    ),
)


@step(symbol=r"\eta_u", marks=2)
def lr(lr0, schedule, update, parameters):
    """Put the update's number into the schedule."""
    if schedule == "step":
        return lr0 * parameters["gamma"] ** (update // parameters["step_size"])
    if schedule == "exponential":
        return lr0 * parameters["gamma"] ** update
    if schedule == "cosine":
        low = parameters["min_lr"]
        return low + (lr0 - low) * (1 + cos(pi * update / parameters["T_max"])) / 2
    return lr0 * min(1.0, update / parameters["warmup_updates"])


@lr.mistake(keeps=0.5, when=lambda schedule, update, parameters: lr(1, schedule, update, parameters) != lr(1, schedule, update + 1, parameters))
def step_off_by_one(lr0, schedule, update, parameters):
    """You counted updates from 1; here the first update has the number 0."""
    return lr(lr0, schedule, update + 1, parameters)


def along_a_line(lr0, schedule, update, parameters):
    """The learning rate, if it fell by the same amount each time."""
    if schedule == "cosine":
        return lr0 + (parameters["min_lr"] - lr0) * update / parameters["T_max"]
    times = update // parameters["step_size"] if schedule == "step" else update
    return lr0 * (1 - (1 - parameters["gamma"]) * times)


@lr.mistake(when=lambda schedule, update, parameters: schedule != "warmup" and along_a_line(1, schedule, update, parameters) > 0)
def decay_linear(lr0, schedule, update, parameters):
    """You let the learning rate fall by the same amount each time, along a line; this schedule does not."""
    return along_a_line(lr0, schedule, update, parameters)


@lr.mistake(when=lambda schedule, update, parameters: schedule == "step" and update % parameters["step_size"] > 0)
def no_floor(lr0, update, parameters):
    r"""You did not round the exponent down; the learning rate changes in steps, at every full multiple only."""
    return lr0 * parameters["gamma"] ** (update / parameters["step_size"])


@lr.mistake(when=lambda schedule, parameters, update: schedule == "warmup" and update > parameters["warmup_updates"])
def never_stops(lr0, update, parameters):
    """You went on along the line; after the warm-up the learning rate stays at its base value."""
    return lr0 * update / parameters["warmup_updates"]


@lr.mistake(when=lambda schedule: schedule == "cosine")
def minimum_forgotten(lr0, update, parameters):
    r"""You let the wave end at 0; it runs between $\eta_0$ and $\eta_{\min}$."""
    return lr0 * (1 + cos(pi * update / parameters["T_max"])) / 2


@lr.working
def with_numbers(schedule, parameters, update, lr):
    end = equals(lr, 6)
    if schedule == "step":
        size, gamma = parameters["step_size"], parameters["gamma"]
        return rf"$\lfloor {update} / {size} \rfloor = {update // size}$ steps so far: $\eta_u = <lr0> \cdot {gamma}^{{{update // size}}}$ {end}"
    if schedule == "exponential":
        return rf"$\eta_u = <lr0> \cdot {parameters['gamma']}^{{{update}}}$ {end}"
    if schedule == "cosine":
        low, T = parameters["min_lr"], parameters["T_max"]
        return rf"$\eta_u = {low} + \frac{{1}}{{2}} (<lr0> - {low}) \left(1 + \cos \frac{{{update} \pi}}{{{T}}}\right)$ {end}, with the angle in radians"
    return rf"$\eta_u = <lr0> \cdot \min\left(1, \frac{{{update}}}{{{parameters['warmup_updates']}}}\right)$ {end}"


pytorch = """
import torch

optimizer = torch.optim.SGD([torch.zeros(1)], lr=<lr0>)
scheduler = torch.optim.lr_scheduler.<scheduler:s>
for _ in range(<update>):
    optimizer.step()
    scheduler.step()
lr = optimizer.param_groups[0]["lr"]
"""
