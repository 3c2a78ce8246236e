"""Service models, as botocore ships them.

The one place that knows how botocore keeps its models: compressed JSON in its ``data`` folder, with small corrections
beside it; our own come last (``amendments``). Only that data is read; botocore's code is not imported, because the import
alone costs a quarter of a second and ``serve`` answers its first request within one and a half. Prose is dropped while
reading (half of the memory), and shapes are made when they are first looked at.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Collection, Iterator, Mapping
from functools import cache, cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from secondlook.wire.amendments import amend

Model = dict[str, Any]


class Shape:
    """A shape as one reference sees it: the shape's own traits, overridden by those of the reference."""

    def __init__(self, shapes: Mapping[str, Model], reference: Model) -> None:
        self.name: str = reference["shape"]
        self.traits: Model = {**shapes[self.name], **reference}
        self.type: str = self.traits["type"]
        self._shapes = shapes
        self.required: tuple[str, ...] = tuple(self.traits.get("required", ()))
        self.location: str | None = self.traits.get("location")
        self.wire_name: str | None = reference.get("locationName")
        self.root_name: str = shapes[self.name].get("locationName") or self.name
        self.payload: str | None = self.traits.get("payload")
        self.timestamp_format: str | None = self.traits.get("timestampFormat")
        self.flattened: bool = bool(self.traits.get("flattened"))
        self.is_document: bool = bool(self.traits.get("document"))

    def __repr__(self) -> str:
        return f"<Shape {self.name}: {self.type}>"

    def _refer(self, reference: Model) -> Shape:
        return Shape(self._shapes, reference)

    @cached_property
    def members(self) -> dict[str, Shape]:
        """A structure's members by name."""
        return {name: self._refer(reference) for name, reference in self.traits.get("members", {}).items()}

    @cached_property
    def member(self) -> Shape:
        """What a list holds."""
        return self._refer(self.traits["member"])

    @cached_property
    def key(self) -> Shape:
        """What a map is looked up by."""
        return self._refer(self.traits["key"])

    @cached_property
    def value(self) -> Shape:
        """What a map gives."""
        return self._refer(self.traits["value"])

    @cached_property
    def body_members(self) -> dict[str, Shape]:
        """The members that travel in the document, not in headers, path, query or status."""
        return {name: member for name, member in self.members.items() if member.location is None}

    @cached_property
    def located_members(self) -> dict[str, Shape]:
        """The members that travel outside the document."""
        return {name: member for name, member in self.members.items() if member.location is not None}

    @cached_property
    def has_raw_payload(self) -> bool:
        """Whether the body is one blob or string as it is, not a document."""
        return self.payload is not None and self.members[self.payload].type in {"blob", "string"}


class Operation:
    """One operation of a service: where it is called and what goes in and out."""

    def __init__(self, service: Service, name: str, model: Model) -> None:
        http = model.get("http", {})
        self.service = service
        self.name = name
        self.method: str = http.get("method", "POST")
        self.uri: str = http.get("requestUri", "/")
        self.status: int = http.get("responseCode", 200)
        self.model = model

    def __repr__(self) -> str:
        return f"<Operation {self.service.name}.{self.name}>"

    @cached_property
    def input(self) -> Shape | None:
        """What the operation takes."""
        return self.service.shape(self.model.get("input"))

    @cached_property
    def output(self) -> Shape | None:
        """What the operation gives."""
        return self.service.shape(self.model.get("output"))

    @cached_property
    def error_codes(self) -> frozenset[str]:
        """The codes of the errors that the operation lists; many list none."""
        names = {error["shape"] for error in self.model.get("errors", ())}
        return self.service.codes_of(names) if names else frozenset()

    @property
    def takes_stream(self) -> bool:
        """Whether the request's body is the caller's bytes as they are (PutObject, InvokeEndpoint)."""
        return self.input is not None and self.input.has_raw_payload

    @property
    def takes_checksum(self) -> bool:
        """Whether ``x-amz-checksum-*`` of a request is the checksum of its body."""
        return "requestAlgorithmMember" in self._checksum

    @property
    def needs_checksum(self) -> bool:
        """Whether a request must say the checksum of its body."""
        return bool(self._checksum.get("requestChecksumRequired"))

    @property
    def _checksum(self) -> Model:
        trait: Model = self.model.get("httpChecksum", {})
        return trait


class Service:
    """One service model: its names, its operations, its error codes."""

    def __init__(self, name: str, model: Model) -> None:
        metadata = model["metadata"]
        self.name = name
        self.full_name: str = metadata.get("serviceFullName", name)
        self.api_version: str = metadata.get("apiVersion", "")
        self.signing_name: str = metadata.get("signingName") or metadata.get("endpointPrefix", name)
        self.protocols: tuple[str, ...] = tuple(metadata.get("protocols") or (metadata["protocol"],))
        self.json_version: str = metadata.get("jsonVersion", "1.1")
        self.target_prefix: str | None = metadata.get("targetPrefix")
        self.xml_namespace: str | None = metadata.get("xmlNamespace")
        self._shapes: dict[str, Model] = model["shapes"]
        self._operations: dict[str, Model] = model["operations"]
        self._loaded: dict[str, Operation] = {}

    def __repr__(self) -> str:
        return f"<Service {self.name}>"

    def __contains__(self, operation: str) -> bool:
        return operation in self._operations

    def __iter__(self) -> Iterator[str]:
        return iter(self._operations)

    def operation(self, name: str) -> Operation:
        """The operation called ``name``; ``KeyError`` where the model has none."""
        if name not in self._loaded:
            self._loaded[name] = Operation(self, name, self._operations[name])
        return self._loaded[name]

    def shape(self, reference: Model | None) -> Shape | None:
        """The shape that a reference of the model means."""
        return Shape(self._shapes, reference) if reference else None

    @cached_property
    def error_statuses(self) -> dict[str, int | None]:
        """The HTTP status of each error code that the model has; ``None`` where it names no status."""
        return {code: error.get("httpStatusCode") for code, (_, error) in self._errors.items()}

    def codes_of(self, shapes: Collection[str]) -> frozenset[str]:
        """The codes of these errors."""
        return frozenset(code for code, (name, _) in self._errors.items() if name in shapes)

    def error(self, code: str) -> Shape | None:
        """The shape of the error with this code."""
        name, _ = self._errors.get(code, (None, {}))
        return self.shape({"shape": name}) if name else None

    @cached_property
    def _errors(self) -> dict[str, tuple[str, Model]]:
        shapes = ((name, shape) for name, shape in self._shapes.items() if shape.get("exception"))
        return {
            shape.get("error", {}).get("code", name): (name, shape.get("error", {})) for name, shape in shapes
        }


@cache
def load(service: str) -> Service:
    """The model of ``service``, by botocore's name for it (``sagemaker-a2i-runtime``, ``s3`` …) or ``secondlook``."""
    for root in (data_path(), _botocore_data()):
        versions = sorted((root / service).glob("*/service-2.json*"))
        if versions:
            model = _read(versions[-1])
            for extras in sorted(versions[-1].parent.glob("service-2.*-extras.json")):
                _merge(model, json.loads(extras.read_bytes()).get("merge", {}))
            amend(service, model["shapes"])
            return Service(service, model)
    raise LookupError(f"botocore has no service model called {service!r}")


def data_path() -> Path:
    """The folder of our own models, laid out as botocore's loader wants it in its search path.

    >>> session = botocore.session.get_session()                                    # doctest: +SKIP
    >>> session.get_component("data_loader").search_paths.append(str(data_path()))  # doctest: +SKIP
    """
    return Path(__file__).parent / "models"


def _botocore_data() -> Path:
    spec = find_spec("botocore")
    if spec is None or not spec.submodule_search_locations:
        raise LookupError("botocore is not installed: its service models say what the wire looks like")
    return Path(spec.submodule_search_locations[0]) / "data"


def _read(path: Path) -> Model:
    raw = path.read_bytes()
    text = gzip.decompress(raw) if path.suffix == ".gz" else raw
    model: Model = json.loads(text, object_hook=_without_prose)
    return model


def _without_prose(value: Model) -> Model:
    # A *member* may be called "documentation" too; then its value is a reference, not text.
    if isinstance(value.get("documentation"), str):
        del value["documentation"]
    return value


def _merge(base: Model, extra: Model) -> None:
    for name, value in extra.items():
        if isinstance(value, dict) and isinstance(base.get(name), dict):
            _merge(base[name], value)
        else:
            base[name] = value
