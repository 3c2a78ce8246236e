"""Which detectors are understood: the one table. Another kind is a module that is a `Decoder`, and a row."""

from __future__ import annotations

from collections.abc import Mapping

from secondlook.hosting.runtimes.onnx_detection.decoders import fastestdet, nanodet, tensorflow, yolo
from secondlook.hosting.runtimes.onnx_detection.decoders.decoder import Decoder, Input, Outputs

__all__ = ["DECODERS", "Decoder", "Input", "Outputs", "chosen"]

DECODERS: Mapping[str, Decoder] = {
    "tensorflow": tensorflow,
    "nanodet": nanodet,
    "yolo": yolo,
    "fastestdet": fastestdet,
}
"""The value of the variable DECODER → what it means, the least mistakable first."""


def chosen(name: str | None, outputs: Outputs, size: Input, classes: int) -> Decoder:
    """The decoder of that name, else the first that fits what the model answers. Raises ValueError, with the table."""
    if name is not None and name not in DECODERS:
        raise ValueError(f"DECODER is {name!r}, and there are {', '.join(DECODERS)}")
    if name is not None:
        return DECODERS[name]
    for decoder in DECODERS.values():
        if decoder.fits(outputs, size, classes):
            return decoder
    answered = ", ".join(f"{output} {numbers.shape}" for output, numbers in outputs.items())
    known = "; ".join(f"{key}: {decoder.SHAPE}" for key, decoder in DECODERS.items())
    raise ValueError(
        f"no decoder fits what the model answers with {classes} classes in LABELS ({answered}). There are {known}"
    )
