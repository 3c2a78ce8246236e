"""The context that a handler function may ask for: what it is told of the request, and what it says of the answer.

The names are those of the model servers under SageMaker's toolkits (`mms.context` of multi-model-server, `ts.context` of TorchServe),
which hand theirs on. Requests come one by one here, so the index that their methods take is always 0. There is one context
per request, and one without a request for what runs when the model is loaded.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from secondlook import __version__
from secondlook.hosting.runtimes.call import Request, header_value

STATUSES = range(200, 600)
SERVER = {"server_name": "secondlook", "server_version": __version__}


class Headers(dict[str, str]):
    """Headers of the request; looked up by name, in whatever case."""

    def __init__(self, headers: Mapping[str, str]) -> None:
        super().__init__((name.lower(), value) for name, value in headers.items())

    def __getitem__(self, name: str) -> str:
        return super().__getitem__(name.lower())

    def __contains__(self, name: object) -> bool:
        return super().__contains__(name.lower() if isinstance(name, str) else name)

    def get(self, name: str, default: str | None = None) -> str | None:  # type: ignore[override]
        return super().get(name.lower(), default)


class RequestProcessor:
    """The request and its answer, as `context.request_processor[0]`."""

    def __init__(self, headers: Mapping[str, str]) -> None:
        self._request_headers = Headers(headers)
        self.response_headers: dict[str, str] = {}
        self.status, self.phrase = 200, ""

    def get_request_property(self, key: str) -> str | None:
        return self._request_headers.get(key)

    def get_request_properties(self) -> dict[str, str]:
        return self._request_headers

    def add_response_property(self, key: str, value: str) -> None:
        """Raises ValueError for what no header can hold."""
        self.response_headers[key.lower()] = header_value(value)

    def report_status(self, code: int, reason_phrase: str = "") -> None:
        """Raises ValueError for what is no HTTP status of an answer."""
        if code not in STATUSES:
            raise ValueError(f"{code!r} is no HTTP status of an answer; those go from 200 to 599")
        self.status, self.phrase = code, reason_phrase


class Context:
    """`system_properties` has `model_dir`, `gpu_id` (None: the processor), `batch_size`, `server_name`, `server_version`."""

    def __init__(self, model_dir: Path, request: Request | None = None) -> None:
        self.model_name = "model"
        self.manifest: dict[str, object] = {}
        self.system_properties = {"model_dir": str(model_dir), "gpu_id": None, "batch_size": 1, **SERVER}
        self.request_processor = [] if request is None else [RequestProcessor(request.headers)]

    def get_request_id(self, idx: int = 0) -> str | None:
        """The caller's InferenceId, if it gave one."""
        return self.get_request_header(idx, "X-Amzn-SageMaker-Inference-Id")

    def get_request_header(self, idx: int, key: str) -> str | None:
        return self.request_processor[idx].get_request_property(key)

    def get_all_request_header(self, idx: int) -> dict[str, str]:
        return self.request_processor[idx].get_request_properties()

    def set_response_header(self, idx: int, key: str, value: str) -> None:
        self.request_processor[idx].add_response_property(key, value)

    def get_response_headers(self, idx: int) -> dict[str, str]:
        return self.request_processor[idx].response_headers

    def set_response_content_type(self, idx: int, value: str) -> None:
        self.set_response_header(idx, "content-type", value)

    def get_response_content_type(self, idx: int) -> str | None:
        return self.get_response_headers(idx).get("content-type")

    def set_response_status(self, code: int = 200, phrase: str = "", idx: int = 0) -> None:
        self.request_processor[idx].report_status(code, phrase)

    def set_all_response_status(self, code: int = 200, phrase: str = "") -> None:
        self.set_response_status(code, phrase)

    def get_response_status(self, idx: int = 0) -> tuple[int, str]:
        processor = self.request_processor[idx]
        return processor.status, processor.phrase
