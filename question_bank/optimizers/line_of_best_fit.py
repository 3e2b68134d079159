r"""One gradient step of linear regression

<story> Its inputs are the rows of $X$ (the first column, of ones, belongs to the intercept), its targets are $y$, and the weights are
now $w$:

$$X = <X>,\qquad y = <y_column>,\qquad w = <w_column>$$

The loss is the mean squared error $J(w) = \frac{1}{n} \lVert Xw - y \rVert^2$, with the gradient $\nabla J(w) = \frac{2}{n} X^\top (Xw - y)$.
The learning rate is $\eta = <lr>$.

Give the residuals $r = Xw - y$, the gradient and the new weights.
"""
