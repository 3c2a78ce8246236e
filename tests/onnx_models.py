"""ONNX models for tests: each looks at its picture, and answers numbers that are known beforehand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

import numpy as np
from onnx import TensorProto, checker, helper, numpy_helper


class Size(Protocol):
    @property
    def columns(self) -> int: ...

    @property
    def rows(self) -> int: ...


def answering(outputs: Mapping[str, np.ndarray], size: Size | None, layout: str) -> bytes:
    """A model whose outputs are these, whatever the picture, which is of `size` (None: of any) and laid out as NCHW or NHWC."""
    rows, columns = (size.rows, size.columns) if size else ("height", "width")
    is_planes = layout == "NCHW"
    shape = [1, 3, rows, columns] if is_planes else [1, rows, columns, 3]
    picture = helper.make_tensor_value_info(
        "picture", TensorProto.FLOAT if is_planes else TensorProto.UINT8, shape
    )
    nodes = [
        helper.make_node("Cast", ["picture"], ["pixels"], to=TensorProto.FLOAT),
        helper.make_node("ReduceMean", ["pixels"], ["mean"], keepdims=0),
        helper.make_node("Mul", ["mean", "nought"], ["nothing"]),  # so that the picture is really taken
    ]
    constants = [numpy_helper.from_array(np.float32(0), "nought")]
    infos = []
    for name, numbers in outputs.items():
        constants.append(numpy_helper.from_array(numbers, f"{name} known"))
        nodes.append(helper.make_node("Add", [f"{name} known", "nothing"], [name]))
        infos.append(helper.make_tensor_value_info(name, TensorProto.FLOAT, numbers.shape))
    graph = helper.make_graph(nodes, "known answers", [picture], infos, constants)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)
    checker.check_model(model)
    written: bytes = model.SerializeToString()
    return written
