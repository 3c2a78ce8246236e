"""Nothing answers 500: random members, right and wrong, for every operation that speaks JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from secondlook.api import operations
from secondlook.wire import specs
from secondlook.wire.specs import Shape
from tests.databases import BOTH, Postgres
from tests.running import Server
from tests.scale import Scale

from .signed import TARGETS, call, send

NAMES = ("fuzz", "fuzz-1", "default")
"""Names that calls share, so that some of them meet what others made."""

ODD = (
    "",
    "\x00",
    "a\x00b",
    "\ud800",
    "\U0001f600",
    "' OR 1=1 --",
    "%",
    "../..",
    "{{ 1",
    "<crowd-form>",
    "x" * 70_000,
)

NUMBERS = (0, 1, 2, 30, 100, -1, 3600, 2**31, 2**63, 10**30, 0.5, 1e308, 253402300800, -62135596801)

SERVICES = ("sagemaker", "secondlook", "sagemaker-a2i-runtime")

OPERATIONS = [(service, name) for service in SERVICES for name in operations.served(service)]

ANYTHING = st.recursive(
    st.none() | st.booleans() | st.sampled_from(NUMBERS) | st.sampled_from(ODD),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(ODD), inner, max_size=2),
    max_leaves=4,
)


def text(shape: Shape) -> st.SearchStrategy[str]:
    """Mostly what the pattern allows: errors about a pattern say little about what lies behind it."""
    arns = st.builds(
        "arn:aws:sagemaker:us-east-1:123456789012:{}/{}".format,
        st.sampled_from(
            [
                "human-task-ui",
                "workteam/private-crowd",
                "flow-definition",
                "workforce",
                "model",
                "model-package",
            ]
        ),
        st.sampled_from(NAMES),
    )
    likely = (
        [st.sampled_from(shape.traits["enum"])] if "enum" in shape.traits else [st.sampled_from(NAMES), arns]
    )
    pattern: str | None = shape.traits.get("pattern")
    if pattern is not None and "\\" not in pattern:
        likely.append(st.from_regex(pattern, fullmatch=True).map(lambda text: text[:200]))
    likely.append(
        st.sampled_from(["s3://fuzz/out", "arn:aws:iam::123456789012:role/r", '{"a": "\\ud800"}', "[1e400]"])
    )
    return st.one_of(*likely, st.sampled_from(ODD), st.text(max_size=20))


def values(shape: Shape, depth: int = 0) -> st.SearchStrategy[Any]:
    strategy: st.SearchStrategy[Any]
    match shape.type:
        case "structure":
            strategy = members(shape, depth + 1)
        case "list":
            strategy = st.lists(values(shape.member, depth + 1), max_size=3)
        case "map":
            strategy = st.dictionaries(text(shape.key), values(shape.value, depth + 1), max_size=3)
        case "boolean":
            strategy = st.booleans()
        case "string":
            strategy = text(shape)
        case "timestamp":
            strategy = st.sampled_from(NUMBERS) | st.sampled_from(
                ["2026-01-01T00:00:00Z", "0001-01-01T00:00:00+14:00"]
            )
        case _:
            strategy = st.sampled_from(NUMBERS)
    return st.integers(0, 19).flatmap(lambda luck: ANYTHING if luck == 0 else strategy)


def members(shape: Shape, depth: int = 0) -> st.SearchStrategy[dict[str, Any]]:
    wanted = {name: values(member, depth) for name, member in shape.members.items() if name in shape.required}
    extra = {
        name: values(member, depth) for name, member in shape.members.items() if name not in shape.required
    }
    return st.fixed_dictionaries(wanted, optional=extra if depth < 4 else {})


@pytest.fixture(scope="module", params=BOTH)
def target(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server whose names are the fuzz's own, so that calls get past the first error."""
    postgres: Postgres | None = request.getfixturevalue("postgres") if request.param == "postgresql" else None
    database = postgres.create() if postgres else ""
    given_settings = {"database": postgres.url(database)} if postgres else {}
    with Server(tmp_path_factory.mktemp("fuzz") / "data", given_settings) as server:
        server.start().client("s3").create_bucket(Bucket="fuzz")
        yield server
    if postgres:
        postgres.drop(database)


@pytest.mark.parametrize(("service", "name"), OPERATIONS)
def test_no_members_make_the_server_fail(target: Server, scale: Scale, service: str, name: str) -> None:
    operation = specs.load(service).operation(name)
    assert operation.input is not None

    @settings(
        max_examples=scale.fuzz,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(members(operation.input))
    def tried(given_members: dict[str, Any]) -> None:
        if service in TARGETS:
            answer = call(target, name, given_members, service=service)
        else:
            answer = send(target, *rest(operation, given_members))
        assert answer.status < 500, (given_members, answer.body)

    tried()


def rest(operation: specs.Operation, given_members: dict[str, Any]) -> tuple[str, str, dict[str, str], bytes]:
    """Method, path, headers and body of a rest-json call."""
    assert operation.input is not None
    path, query, body = operation.uri, {}, {}
    for name, value in given_members.items():
        shape = operation.input.members[name]
        plain = value if isinstance(value, str) else json.dumps(value)
        if shape.location == "uri":
            path = path.replace(
                "{" + (shape.wire_name or name) + "}", quote(plain, safe="", errors="replace")
            )
        elif shape.location == "querystring":
            query[shape.wire_name or name] = plain.encode("utf-8", "replace")
        else:
            body[name] = value
    return (
        operation.method,
        path + (f"?{urlencode(query)}" if query else ""),
        {"Content-Type": "application/json"},
        json.dumps(body).encode() if body else b"",
    )
