"""botocore's client on one side, `wire` on the other: what one says, the other understands, for each operation."""

from __future__ import annotations

import copy
from collections.abc import Callable
from functools import cache
from typing import Any

import pytest

from secondlook.wire import specs
from secondlook.wire.specs import Shape
from tests.wire import values
from tests.wire.served import OPERATIONS
from tests.wire.wire_server import WireServer, client

CLIENT = cache(client)

# What a client adds to a call by itself: to those of S3, and a token that makes a repetition known.
ADDED = {"ChecksumAlgorithm", "ChecksumCRC32", "ChecksumMode", "ContentLength", "ContentMD5", "EncodingType"}
ADDED_TOKENS = {("sagemaker", "CreateModelPackage"): {"ClientToken"}}

# Members that an S3 client computes, checks or translates, so that values made up by us do not pass it.
TRANSLATED = (
    "Checksum",
    "SSECustomer",
    "CopySourceSSE",
    "ContentMD5",
    "MpuObjectSize",
    "EncodingType",
    "Expires",
)


def _kept(service: str, members: dict[str, Any]) -> dict[str, Any]:
    if service == "s3control" and "AccountId" in members:
        return {**members, "AccountId": "123456789012"}  # a label of the host
    if service != "s3":
        return members
    kept = {name: value for name, value in members.items() if not name.startswith(TRANSLATED)}
    plain = {
        "Bucket": "a-bucket",
        "Key": "a//b/../ü +%&?#'()*",
        "CopySource": "a-bucket/a-key",
        "Body": b"body",
    }
    plain |= {
        "Metadata": {"a": "one", "b": "two"},
        "Tagging": "a=b",
        "Range": "bytes=0-9",
        "ContentLength": len(b"body"),
    }
    if not isinstance(kept.get("Tagging"), str):
        del plain["Tagging"]
    return {name: plain.get(name, value) for name, value in kept.items()}


def _members(service: str, shape: Shape | None, maker: Callable[[Shape], Any]) -> dict[str, Any]:
    return _kept(service, maker(shape)) if shape else {}


@pytest.mark.parametrize("maker", [values.least, values.most], ids=["least", "most"])
@pytest.mark.parametrize(("service", "name"), OPERATIONS)
def test_what_a_client_asks_is_what_we_parse(service: str, name: str, maker: Callable[[Shape], Any]) -> None:
    operation = specs.load(service).operation(name)
    expected = _members(service, operation.input, maker)
    server = WireServer(result=_members(service, operation.output, values.least))

    server.call(CLIENT(service), name, copy.deepcopy(expected))

    assert name == server.route.operation.name
    added = server.params.keys() - expected.keys()
    assert not added - ADDED - ADDED_TOKENS.get((service, name), set())
    assert expected == {member: value for member, value in server.params.items() if member not in added}


@pytest.mark.parametrize("maker", [values.least, values.most], ids=["least", "most"])
@pytest.mark.parametrize(("service", "name"), OPERATIONS)
def test_what_we_answer_is_what_a_client_reads(
    service: str, name: str, maker: Callable[[Shape], Any]
) -> None:
    operation = specs.load(service).operation(name)
    expected = _members(service, operation.output, maker)
    events = _event_stream(operation.output)
    if events:  # the operation writes its frames itself (`test_event_stream.py`); the headers are to be read
        del expected[events]
    server = WireServer(result=expected)

    answer = server.call(CLIENT(service), name, _members(service, operation.input, values.least))

    metadata = answer.pop("ResponseMetadata")
    if events:
        answer.pop(events).close()
    if hasattr(answer.get("Body"), "read"):
        answer["Body"] = answer["Body"].read()
    assert metadata["RequestId"] == "request-1"
    assert expected == {
        member: value for member, value in answer.items() if member in expected or not _is_default(value)
    }


def _event_stream(output: Shape | None) -> str | None:
    """The member that is an event stream, if the operation answers one."""
    members = output.members if output else {}
    return next((name for name, member in members.items() if member.traits.get("eventstream")), None)


def _is_default(value: Any) -> bool:
    """What a client puts where the response says nothing."""
    return value in ({}, b"", "", None, "application/octet-stream")
