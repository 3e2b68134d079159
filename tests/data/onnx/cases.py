"""Reads the ONNX cases beside this file and compares what an adapter computes with what they expect.

An adapter takes a case's inputs in the operator's order and its attributes by name, so that an attribute
nobody thought of is an error, and gives one result for each output (UNCHECKED where the engine has none).
"""

import json
from functools import cache
from pathlib import Path

import numpy as np

FOLDER = Path(__file__).parent
UNCHECKED = object()


@cache
def arrays():
    """Every array of the cases by its key."""
    with np.load(FOLDER / "arrays.npz") as file:
        return dict(file)


def index():
    """Read the whole index: {"run": [...], "left_out": [...]}."""
    return json.loads((FOLDER / "index.json").read_text(encoding="utf-8"))


def cases(suite):
    """Give the cases that a suite runs, and their ids."""
    chosen = [case for case in index()["run"] if case["suite"] == suite]
    return {"argvalues": chosen, "ids": [case["id"] for case in chosen]}


def inputs(case):
    """Give the input arrays in the operator's order, None for one left out; float32 becomes float64."""
    keys = [case["inputs"].get(name) for name in case["node_inputs"]]
    found = [None if key is None else arrays()[key] for key in keys]
    return [a.astype(float) if a is not None and a.dtype == np.float32 else a for a in found]


def check(case, adapter):
    """Run the adapter and compare each output that the case has, to float32 precision.

    A case whose source prints rounded values has its own, wider `rtol`.
    """
    rtol = case.get("rtol", 1e-5)
    results = adapter(*inputs(case), **case["attributes"])
    results = results if isinstance(results, tuple) else (results,)
    assert len(results) >= len(case["node_outputs"]), "an output is missing"
    for name, result in zip(case["node_outputs"], results, strict=False):
        if name and result is not UNCHECKED:
            expected = arrays()[case["outputs"][name]]
            assert np.shape(result) == expected.shape, name
            np.testing.assert_allclose(result, expected, rtol, 1e-6, err_msg=name)
