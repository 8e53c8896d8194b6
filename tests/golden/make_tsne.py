#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""make_tsne.py FOLDER [--digits N]: writes the case `tsne` of tests/golden, by scikit-learn.

Without --digits a small table that is made up here; with it the first N of scikit-learn's images of
digits, for a comparison that is too large to keep:

    make_tsne.py /somewhere --digits 500 && MOCOSCOPE_GOLDEN=/somewhere build/ci/tests/training/tsne_test
"""

import argparse
import json
from pathlib import Path

import numpy
import scipy
import sklearn
from safetensors.numpy import save_file
from scipy.spatial.distance import squareform
from sklearn.datasets import load_digits
from sklearn.manifold import TSNE, trustworthiness
from sklearn.manifold._t_sne import _joint_probabilities, _kl_divergence
from sklearn.metrics import pairwise_distances

NEIGHBOURS = 8


def made_up():
    """Three groups of sixteen in six dimensions; one of them is wider. No random numbers."""
    row = numpy.arange(48.0)[:, None]
    column = numpy.arange(6.0)[None, :]
    centre = 3 * numpy.cos(1.7 * (row % 3) * (column + 1))
    width = numpy.where(row % 3 == 2, 1.0, 0.4)
    return (centre + width * numpy.sin(12.9 * row * (column + 1) + 78.2 * column)).astype("float32")


def wobbles(x, count):
    """None, then such as rounding makes: what a descent makes of few rows depends on those."""
    random = numpy.random.RandomState(0)
    yield numpy.zeros_like(x)
    for _ in range(count - 1):
        yield random.standard_normal(x.shape).astype("float32") * 1e-6


def lay_out(x, perplexity):
    model = TSNE(method="exact", init="pca", perplexity=perplexity, random_state=0)
    points = model.fit_transform(x)
    return (points, float(model.kl_divergence_),
            float(trustworthiness(x, points, n_neighbors=NEIGHBOURS)))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--digits", type=int, default=0)
    arguments = parser.parse_args()
    x = (load_digits().data[:arguments.digits].astype("float32") if arguments.digits
         else made_up())
    perplexity = 30.0 if arguments.digits else 10.0
    squared = pairwise_distances(x.astype("float64"), metric="euclidean", squared=True)
    joint = _joint_probabilities(squared, perplexity, verbose=0)
    layouts = [lay_out(x + wobble, perplexity) for wobble in wobbles(x, 3 if arguments.digits else 8)]
    points = layouts[0][0]
    # Away from the optimum, where the gradient is not small.
    probe = (x[:, :2] / numpy.abs(x[:, :2]).max() if x[:, :2].std() > 0
             else numpy.cos(numpy.outer(numpy.arange(len(x)), [1.0, 2.0]))).astype("float64")
    divergence, gradient = _kl_divergence(probe.ravel(), joint, 1, len(x), 2)
    tensors = {"x": x, "joint": joint, "points": points.astype("float32"), "probe": probe,
               "probe_gradient": gradient.reshape(len(x), 2)}
    description = {
        "file": "tsne.safetensors",
        "what": "scikit-learn's exact t-SNE with PCA initialisation: joint probabilities (the upper "
                "triangle, row by row; they sum up to one half), its layout, the gradient at points "
                "that are no optimum, and how good its layouts of the same rows are when those "
                "are moved by a millionth: few rows have several layouts that are as good",
        "hyperparameters": {"perplexity": perplexity, "neighbours": NEIGHBOURS},
        "tolerance": "joint: atol 1e-6, rtol 1e-4 (its search is fp32); gradient rtol 1e-6; "
                     "divergence of the layout within 5 % and the width of their range, "
                     "trustworthiness within 0.01 of that range",
        "versions": {"scikit-learn": sklearn.__version__, "numpy": numpy.__version__,
                     "scipy": scipy.__version__},
        "tensors": {name: [str(t.dtype), list(t.shape)] for name, t in tensors.items()},
        "values": {"probe_divergence": float(divergence),
                   "divergences": [each[1] for each in layouts],
                   "trustworthiness": [each[2] for each in layouts]},
    }
    assert numpy.isfinite(squareform(joint)).all()
    arguments.folder.mkdir(parents=True, exist_ok=True)
    save_file({name: numpy.ascontiguousarray(t) for name, t in tensors.items()},
              arguments.folder / "tsne.safetensors")
    (arguments.folder / "tsne.json").write_text(json.dumps(description, indent=1) + "\n")


if __name__ == "__main__":
    main()
