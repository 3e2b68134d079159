r"""Learning-rate schedules

<story> starts from $\eta_0 = <lr0>$ and is <name>. Updates are counted from $u = 0$:

$$<formula>$$

What is the learning rate of update $u = <update>$?
"""
