"""AWS's protocol test cases, out of botocore's source distribution at the version that is installed.

They are fetched once, by pip, into `.cache/`, and nothing of them is kept in the repository. A case says what a client sends
for given parameters, or what it reads from a given response; we run both backwards. Run this file to fetch them ahead of
the tests: `python tests/wire/vectors.py`.
"""

from __future__ import annotations

import json
import math
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest

from secondlook.wire import scalars
from secondlook.wire.specs import Operation, Service, Shape

FILES = ("json", "json_1_0", "json_1_0-query-compatible", "rest-json", "rest-xml", "query")
NAMESPACES = {"query": "https://example.com/"}
CACHE = Path(__file__).parents[2] / ".cache"


class NotFetched(Exception):
    """The source distribution can be had neither from the cache nor from the package index."""


@dataclass(frozen=True)
class Case:
    """One test case: `protocol` is the file it stands in, `raw` the case as written there, `model` its service model."""

    id: str
    protocol: str
    operation: Operation
    raw: dict[str, Any]
    model: dict[str, Any]


def cases(direction: str) -> list[Case]:
    """All cases of the protocols that we speak; `direction` is `input` or `output`."""
    folder = _folder()
    suite_cases = []
    for name in FILES:
        for suite in json.loads((folder / direction / f"{name}.json").read_bytes()):
            suite_cases += [_case(name, suite, raw) for raw in suite["cases"]]
    return suite_cases


def parameters(direction: str, differences: Mapping[str, str]) -> list[Any]:
    """The cases for `pytest.mark.parametrize`: a known difference, by the case's id, must fail."""
    try:
        known_cases = cases(direction)
    except NotFetched as error:
        return [pytest.param(None, id="none", marks=pytest.mark.skip(reason=str(error)))]
    unknown = differences.keys() - {case.id for case in known_cases}
    assert not unknown, f"known differences without a case: {', '.join(sorted(unknown))}"
    return [
        pytest.param(
            case,
            id=f"{case.protocol}-{case.id}",
            marks=_marks(differences.get(case.id)),
        )
        for case in known_cases
    ]


def _marks(difference: str | None) -> list[pytest.MarkDecorator]:
    return [pytest.mark.xfail(reason=difference, strict=True)] if difference else []


def python_value(shape: Shape, value: Any) -> Any:  # noqa: PLR0911 - one return for each kind of shape
    """A value in the notation of the cases (times as seconds, blobs as text) → as Python programs have it."""
    if value is None or shape.is_document:
        return value
    match shape.type:
        case "structure":
            return {
                name: python_value(shape.members[name], item)
                for name, item in value.items()
                if item is not None
            }
        case "list":
            return [python_value(shape.member, item) for item in value]
        case "map":
            return {key: python_value(shape.value, item) for key, item in value.items()}
        case "timestamp":
            return datetime.fromtimestamp(value, UTC)
        case "blob":
            return value.encode()
        case "float" | "double":
            return float(value)
    return value


def comparable(value: Any) -> Any:
    """The value with words in place of NaN, which does not equal itself, and of the infinities, which JSON writes so."""
    if isinstance(value, dict):
        return {key: comparable(item) for key, item in value.items()}
    if isinstance(value, list):
        return [comparable(item) for item in value]
    return scalars.write_float(value) if isinstance(value, float) and not math.isfinite(value) else value


def _case(protocol: str, suite: dict[str, Any], raw: dict[str, Any]) -> Case:
    name = raw["given"]["name"]
    # The query cases have a namespace that their model leaves out.
    metadata = {"endpointPrefix": "vectors", "xmlNamespace": NAMESPACES.get(protocol), **suite["metadata"]}
    model = {"metadata": metadata, "operations": {name: raw["given"]}, "shapes": suite["shapes"]}
    return Case(raw["id"], protocol, Service("vectors", model).operation(name), raw, model)


@cache
def _folder() -> Path:
    folder = CACHE / f"botocore-{version('botocore')}-protocols"
    if not folder.is_dir():
        _fetch(folder)
    return folder


def _fetch(folder: Path) -> None:
    CACHE.mkdir(exist_ok=True)
    wanted = f"botocore=={version('botocore')}"
    with tempfile.TemporaryDirectory(dir=CACHE) as temporary:
        pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--no-binary", "botocore"]
        command = [*pip, "--dest", temporary, wanted]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        archives = list(Path(temporary).glob("botocore-*.tar.gz"))
        if done.returncode or not archives:
            reason = (done.stderr or "pip downloaded no source distribution").strip().splitlines()[-1]
            raise NotFetched(f"the source of {wanted} cannot be fetched from the package index: {reason}")
        unpacked = Path(temporary) / "protocols"
        with tarfile.open(archives[0]) as archive:
            for member in archive:
                path = Path(member.name)
                if path.match("tests/unit/protocols/*put/*.json"):
                    target = unpacked / path.parent.name / path.name
                    target.parent.mkdir(parents=True, exist_ok=True)
                    target.write_bytes(archive.extractfile(member).read())
        # Another run may have been faster.
        if not folder.is_dir():
            unpacked.rename(folder)


if __name__ == "__main__":
    print(_folder())
