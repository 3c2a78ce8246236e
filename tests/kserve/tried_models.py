"""Models that MLServer loads; it runs in an environment of its own, without our packages."""

from __future__ import annotations

from mlserver import MLModel
from mlserver.codecs import NumpyCodec, StringCodec
from mlserver.errors import InferenceError
from mlserver.types import InferenceRequest, InferenceResponse


class Doubler(MLModel):
    """Doubles numbers, and adds them up: two outputs. Fails for what is negative."""

    async def predict(self, payload: InferenceRequest) -> InferenceResponse:
        numbers = NumpyCodec.decode_input(payload.inputs[0])
        if (numbers < 0).any():
            raise InferenceError("numbers below nought cannot be doubled here")
        outputs = [NumpyCodec.encode_output("doubled", 2 * numbers)]
        if payload.id == "with-sum":
            outputs.append(NumpyCodec.encode_output("sum", numbers.sum(axis=1, keepdims=True)))
        return InferenceResponse(model_name=self.name, id=payload.id, outputs=outputs)


class Shouter(MLModel):
    """Says a text in capitals, or how long bytes are."""

    async def predict(self, payload: InferenceRequest) -> InferenceResponse:
        sent = self.decode(payload.inputs[0])
        said = [text.upper() if isinstance(text, str) else f"{len(text)} bytes" for text in sent]
        output = StringCodec.encode_output("said", said)
        return InferenceResponse(model_name=self.name, outputs=[output])
