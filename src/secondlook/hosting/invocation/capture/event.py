"""One captured call as a line of JSON, in the form that SageMaker writes ("Capture data from real-time endpoint"). Pure."""

from __future__ import annotations

import base64
import json
import uuid
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from secondlook.hosting.invocation.capture.config import CaptureConfig

VERSION = "0"


@dataclass(frozen=True, slots=True)
class Payload:
    """A body as it was sent; the content type as it was said, or empty."""

    body: bytes
    content_type: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """A call that was answered at `at`; `asked` and `answered` are None where they are not captured."""

    endpoint: str
    variant: str
    config: CaptureConfig
    at: datetime
    asked: Payload | None
    answered: Payload | None
    inference_id: str = ""
    custom_attributes: str = ""
    id: str = field(default_factory=lambda: str(uuid.uuid4()))

    @property
    def size(self) -> int:
        """Bytes that it holds in memory, about."""
        return sum(len(payload.body) for payload in (self.asked, self.answered) if payload) + 1024

    @property
    def folder(self) -> str:
        """Where its line belongs in the bucket, ending with a slash: the endpoint, the variant and the hour of the call."""
        return f"{self.config.prefix}{self.endpoint}/{self.variant}/{self.at:%Y/%m/%d/%H}/"

    def line(self) -> bytes:
        """Its line, with the end of the line."""
        data = {}
        if self.asked is not None:
            data["endpointInput"] = _data(self.asked, "INPUT", self.config)
        if self.answered is not None:
            data["endpointOutput"] = _data(self.answered, "OUTPUT", self.config)
        metadata: dict[str, Any] = {"eventId": self.id}
        if self.inference_id:
            metadata["inferenceId"] = self.inference_id
        if self.custom_attributes:
            metadata["customAttributes"] = [self.custom_attributes]
        metadata["inferenceTime"] = f"{self.at:%Y-%m-%dT%H:%M:%SZ}"
        document = {"captureData": data, "eventMetadata": metadata, "eventVersion": VERSION}
        return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _data(payload: Payload, mode: str, config: CaptureConfig) -> dict[str, str]:
    """What is said to be CSV or JSON and is no text in UTF-8 is written in base64, and says so."""
    encoding = config.encoding(payload.content_type.partition(";")[0].strip().lower())
    try:
        text = base64.b64encode(payload.body).decode() if encoding == "BASE64" else payload.body.decode()
    except UnicodeDecodeError:
        encoding, text = "BASE64", base64.b64encode(payload.body).decode()
    observed = {"observedContentType": payload.content_type} if payload.content_type else {}
    return {**observed, "mode": mode, "data": text, "encoding": encoding}
