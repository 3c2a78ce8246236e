"""Input that is wrong or hostile: the answer names the member and what it should be, and nothing else happens."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondlook.wire import specs
from secondlook.wire.errors import AwsError
from secondlook.wire.http import Headers, Request
from secondlook.wire.parse import parse

FLOW = ("sagemaker", "CreateFlowDefinition", "json")
LOOP = ("sagemaker-a2i-runtime", "StartHumanLoop", "rest-json")
LIST = ("sagemaker-a2i-runtime", "ListHumanLoops", "rest-json")
DELETE = ("s3", "DeleteObjects", "rest-xml")
SIMULATE = ("iam", "CreateRole", "query")


def _parse(
    target: tuple[str, str, str], body: bytes = b"", query: str = "", **headers: str
) -> dict[str, Any]:
    service, name, protocol = target
    fields = [("content-type", "application/x-www-form-urlencoded")] if protocol == "query" else []
    fields += [(key.replace("_", "-"), value) for key, value in headers.items()]
    request = Request("POST", "/b", query, Headers(fields), body)
    return parse(specs.load(service).operation(name), protocol, request, {"Bucket": "b", "Key": "k"})


def _refused(target: tuple[str, str, str], body: bytes = b"", query: str = "") -> str:
    with pytest.raises(AwsError) as caught:
        _parse(target, body, query)
    return caught.value.message


@pytest.mark.parametrize(
    ("document", "message"),
    [
        ([], "The request body: expected an object, found a list."),
        ("x", "The request body: expected an object, found a string."),
        ({"FlowDefinitionName": 1}, "FlowDefinitionName: expected a string, found a number."),
        ({"HumanLoopConfig": []}, "HumanLoopConfig: expected an object, found a list."),
        (
            {"HumanLoopConfig": {"TaskCount": "1"}},
            "HumanLoopConfig.TaskCount: expected a whole number, found a string.",
        ),
        (
            {"HumanLoopConfig": {"TaskCount": 1.5}},
            "HumanLoopConfig.TaskCount: expected a whole number, found a number.",
        ),
        (
            {"HumanLoopConfig": {"TaskCount": True}},
            "HumanLoopConfig.TaskCount: expected a whole number, found a boolean.",
        ),
        ({"Tags": {"Key": "a"}}, "Tags: expected a list, found an object."),
        ({"Tags": [{"Key": "a"}, {"Key": []}]}, "Tags[1].Key: expected a string, found a list."),
    ],
)
def test_a_value_of_another_kind_is_named_with_its_place(document: Any, message: str) -> None:
    assert _refused(FLOW, json.dumps(document).encode()) == message


@pytest.mark.parametrize("body", [b"{", b"\xff", b"NaN", b'{"a": Infinity}', b"{}}", b'{"a": "\n"}', b"\x00"])
def test_a_body_that_is_not_json_is_refused(body: bytes) -> None:
    assert _refused(FLOW, body).startswith("The request body is not JSON")


@pytest.mark.parametrize("body", [b"[" * 100_000, b'{"a":' * 100_000, b'{"HumanLoopConfig":' * 100_000])
def test_a_body_that_is_nested_without_end_is_refused(body: bytes) -> None:
    assert "nested too deeply" in _refused(FLOW, body)


def test_a_number_without_end_is_refused() -> None:
    assert "not JSON" in _refused(FLOW, b'{"HumanLoopConfig": {"TaskCount": ' + b"9" * 10_000 + b"}}")


@pytest.mark.parametrize("moment", ["1e400", "-1e400", '"yesterday"', "1e18", "[]", '""'])
def test_a_time_that_is_none_is_refused(moment: str) -> None:
    target = ("sagemaker", "ListModels", "json")

    assert _refused(target, f'{{"CreationTimeAfter": {moment}}}'.encode()).startswith(
        "CreationTimeAfter: expected a"
    )


def test_half_of_a_surrogate_pair_is_no_text() -> None:
    assert (
        _refused(FLOW, b'{"RoleArn": "\\ud83d"}') == "RoleArn: expected text, found half of a surrogate pair."
    )
    assert _parse(FLOW, b'{"RoleArn": "\\ud83d\\ude39"}') == {"RoleArn": "😹"}


def test_an_empty_body_is_an_empty_document() -> None:
    assert _parse(FLOW) == {}
    assert _parse(LOOP) == {}
    assert _parse(DELETE) == {"Bucket": "b"}


def test_members_that_the_model_does_not_know_are_ignored() -> None:
    assert _parse(FLOW, b'{"FlowDefinitionName": "f", "New": 1, "__type": "x"}') == {
        "FlowDefinitionName": "f"
    }


def test_null_is_the_same_as_absent() -> None:
    assert _parse(FLOW, b'{"FlowDefinitionName": null, "Tags": [{"Key": null}]}') == {"Tags": [{}]}


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("MaxResults=ten", "MaxResults: expected a whole number, found 'ten'."),
        ("MaxResults=1_0", "MaxResults: expected a whole number, found '1_0'."),
        ("MaxResults=", "MaxResults: expected a whole number, found ''."),
        (
            "CreationTimeAfter=now",
            "CreationTimeAfter: expected a time as ISO 8601 (2026-01-31T12:00:00Z), found 'now'.",
        ),
    ],
)
def test_a_query_parameter_that_cannot_be_read_is_named(query: str, message: str) -> None:
    assert _refused(LIST, query=query) == message


@pytest.mark.parametrize(
    "body",
    [
        b"<Delete>",
        b"<a/><b/>",
        b"text",
        b"\x00",
        b"<Delete>\x01</Delete>",
        b'<!DOCTYPE a [<!ENTITY x "y">]><Delete>&x;</Delete>',
        b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><Delete/>',
        b"<Delete>&undefined;</Delete>",
        b'<?xml version="1.0" encoding="no-such"?><Delete/>',
    ],
)
def test_xml_that_is_not_well_formed_or_has_a_document_type_is_refused(body: bytes) -> None:
    assert _refused(DELETE, body).startswith("The XML you provided was not well-formed")


def test_xml_that_is_nested_without_end_is_read_no_deeper_than_the_model() -> None:
    body = b"<Delete>" + b"<Object>" * 50_000 + b"</Object>" * 50_000 + b"</Delete>"

    assert _parse(DELETE, body) == {"Bucket": "b", "Delete": {"Objects": [{}]}}


def test_xml_with_elements_without_end_is_refused() -> None:
    assert "more than 100,000 elements" in _refused(
        DELETE, b"<Delete>" + b"<Object/>" * 100_001 + b"</Delete>"
    )


def test_a_form_with_parameters_without_end_is_refused() -> None:
    assert _refused(SIMULATE, b"a&" * 10_001) == "The request has more than 10,000 parameters."


@pytest.mark.parametrize("prefix", ['<Delete xmlns="http://s3.amazonaws.com/doc/2006-03-01/">', "<Delete>"])
def test_xml_is_read_with_and_without_its_namespace(prefix: str) -> None:
    body = f"{prefix}<Object><Key>a &amp; b\n</Key></Object><Quiet> true </Quiet></Delete>"

    assert _parse(DELETE, body.encode())["Delete"] == {"Objects": [{"Key": "a & b\n"}], "Quiet": True}


def test_a_word_in_xml_that_is_no_boolean_is_named() -> None:
    assert (
        _refused(DELETE, b"<Delete><Quiet>yes</Quiet></Delete>")
        == "Quiet: expected true or false, found 'yes'."
    )


def test_items_of_a_form_are_read_in_order_of_their_numbers() -> None:
    body = (
        b"Action=CreateRole&Tags.member.10.Key=c&Tags.member.2.Key=b&Tags.member.1.Key=a&Tags.member.x.Key=d"
    )

    assert _parse(SIMULATE, body)["Tags"] == [{"Key": "a"}, {"Key": "b"}, {"Key": "c"}]


@pytest.mark.parametrize(
    "body",
    [
        b"Tags" + b".a" * 100_000 + b"=1",
        b"Tags.member.99999999999.Key=a",
        b"Tags.member." + b"9" * 5000 + b".Key=a",
        b"=&=&&",
        b"Tags=1&Tags.member=2",
    ],
)
def test_a_hostile_form_costs_nothing(body: bytes) -> None:
    assert set(_parse(SIMULATE, body)) <= {"Tags"}


def test_a_number_in_a_form_that_is_none_is_named() -> None:
    assert (
        _refused(SIMULATE, b"MaxSessionDuration=x")
        == "MaxSessionDuration: expected a whole number, found 'x'."
    )


def test_metadata_is_what_stands_behind_the_prefix() -> None:
    params = _parse(
        ("s3", "PutObject", "rest-xml"),
        b"body",
        x_amz_meta_a="1",
        X_Amz_Meta_B="2",
        content_type="text/plain",
    )

    assert params["Metadata"] == {"a": "1", "b": "2"}
    assert params["Body"] == b"body"


documents = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["HumanLoopConfig", "TaskCount", "Tags", "Key", "RoleArn", "x"]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(documents)
def test_any_document_is_read_or_refused(document: Any) -> None:
    try:
        params = _parse(FLOW, json.dumps(document).encode())
    except AwsError:
        return

    assert set(params) <= set(specs.load("sagemaker").operation("CreateFlowDefinition").input.members)


@given(st.binary(max_size=60))
def test_any_bytes_are_read_or_refused(body: bytes) -> None:
    for target in (FLOW, LOOP, DELETE, SIMULATE):
        with suppress(AwsError):
            assert isinstance(_parse(target, body), dict)
