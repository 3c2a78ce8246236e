"""Method, path and query string → operation, for services that speak REST.

The request templates of the model (``/{Bucket}/{Key+}?uploads``) are compiled once per service, grouped by path. S3 has a
dozen operations behind one method and path; they are told apart by literal query parameters first, then by how many of
their required query parameters and headers are there (``x-amz-copy-source`` makes a PUT a copy).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple
from urllib.parse import unquote

from secondlook.wire.errors import AwsError
from secondlook.wire.http import Request, parameters
from secondlook.wire.specs import Operation, Service

_LABEL = re.compile(r"\{([^}+]+)(\+?)\}")


@dataclass(frozen=True)
class _Candidate:
    operation: Operation
    literals: tuple[tuple[str, str], ...]
    wanted_headers: tuple[str, ...]
    wanted_parameters: tuple[str, ...]

    def fits(self, request: Request) -> bool:
        if not self.literals:
            return True
        return bool(request.query) and all(
            (name, value) in request.parameters if value else name in request.names
            for name, value in self.literals
        )

    def likeness(self, request: Request) -> tuple[int, int, int]:
        """Most literals, then most required fields present, then fewest missing."""
        present = sum(name in request.headers for name in self.wanted_headers)
        present += sum(name in request.names for name in self.wanted_parameters)
        wanted = len(self.wanted_headers) + len(self.wanted_parameters)
        return len(self.literals), present, present - wanted


@dataclass
class _Path:
    pattern: re.Pattern[str]
    labels: tuple[str, ...]
    candidates: list[_Candidate]

    def best(self, request: Request) -> _Candidate | None:
        """The one of its operations that a request means most likely."""
        fitting = [candidate for candidate in self.candidates if candidate.fits(request)]
        if len(fitting) <= 1:
            return fitting[0] if fitting else None
        return max(fitting, key=lambda candidate: candidate.likeness(request))


class Match(NamedTuple):
    """An operation and the decoded labels of its path."""

    operation: Operation
    params: dict[str, str]


def match(service: Service, request: Request) -> Match | None:
    """The operation of ``service`` that the request means, or ``None``."""
    for path in _table(service).get(request.method, ()):
        match = path.pattern.fullmatch(request.resource)
        if match and (best := path.best(request)):
            return Match(best.operation, dict(zip(path.labels, map(_decode, match.groups()), strict=True)))
    return None


@cache
def _table(service: Service) -> dict[str, list[_Path]]:
    paths: dict[tuple[str, str], _Path] = {}
    for name in service:
        operation = service.operation(name)
        if _is_elsewhere(operation):
            continue
        template, _, query = operation.uri.partition("?")
        key = (operation.method, _LABEL.sub("{}", template) + ("+" if "+}" in template else ""))
        if key not in paths:
            paths[key] = _Path(_pattern(template), tuple(label for label, _ in _LABEL.findall(template)), [])
        paths[key].candidates.append(_candidate(operation, query))
    table: dict[str, list[_Path]] = {}
    for method, shape in sorted(paths, key=lambda key: _vagueness(key[1])):
        table.setdefault(method, []).append(paths[method, shape])
    return table


def _is_elsewhere(operation: Operation) -> bool:
    """Whether S3 has replaced the operation by a younger one of the same path, or serves it on a host of its own."""
    on_another_host = "UseObjectLambdaEndpoint" in operation.model.get("staticContextParams", {})
    return (
        bool(operation.model.get("deprecated")) or on_another_host or operation.name == "ListDirectoryBuckets"
    )


def _candidate(operation: Operation, query: str) -> _Candidate:
    members = operation.input.located_members if operation.input else {}
    wanted = [
        (name, members[name])
        for name in (operation.input.required if operation.input else ())
        if name in members
    ]
    return _Candidate(
        operation,
        tuple(parameters(query)),
        tuple(shape.wire_name or name for name, shape in wanted if shape.location == "header"),
        tuple(shape.wire_name or name for name, shape in wanted if shape.location == "querystring"),
    )


def _pattern(template: str) -> re.Pattern[str]:
    parts = _LABEL.split(template)
    pattern = re.escape(parts[0])
    for greedy, literal in zip(parts[2::3], parts[3::3], strict=True):
        pattern += ("(.+)" if greedy else "([^/]+)") + re.escape(literal)
    # "/bucket/" is the bucket, not a key without a name.
    return re.compile(pattern if pattern.endswith(("/", "(.+)")) else pattern + "/?", re.DOTALL)


def _vagueness(shape: str) -> tuple[bool, int, int]:
    """Literal paths come before labels, long ones before short ones, greedy ones last."""
    return shape.endswith("+"), shape.count("{}"), -len(shape)


def _decode(label: str) -> str:
    try:
        return unquote(label, errors="strict")
    except UnicodeDecodeError as error:
        raise AwsError(
            "InvalidURI", f"Couldn't parse the specified URI: {label!r} is not UTF-8.", 400
        ) from error
