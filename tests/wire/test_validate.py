"""Constraints, in the sentence that AWS uses (a2i-facts `api.md`, section 1)."""

from __future__ import annotations

import warnings
from contextlib import suppress
from typing import Any

import pytest
from botocore.loaders import Loader

from secondlook.wire import amendments, patterns, specs
from secondlook.wire.errors import AwsError
from secondlook.wire.validate import validate
from tests.wire import values
from tests.wire.served import OPERATIONS, SERVED

FLOW = {
    "FlowDefinitionName": "flow",
    "HumanLoopConfig": {
        "WorkteamArn": "arn:aws:sagemaker:us-east-1:123456789012:workteam/private-crowd/team",
        "HumanTaskUiArn": "arn:aws:sagemaker:us-east-1:123456789012:human-task-ui/ui",
        "TaskTitle": "Look again",
        "TaskDescription": "Draw boxes",
        "TaskCount": 1,
    },
    "OutputConfig": {"S3OutputPath": "s3://bucket/results"},
    "RoleArn": "arn:aws:iam::123456789012:role/reviewer",
}


def _violations(operation: str, params: dict[str, Any], service: str = "sagemaker") -> str:
    with pytest.raises(AwsError) as caught:
        validate(specs.load(service).operation(operation), params)
    assert caught.value.code == "ValidationException"
    return caught.value.message


def _flow(**changes: Any) -> dict[str, Any]:
    return {**FLOW, "HumanLoopConfig": {**FLOW["HumanLoopConfig"], **changes}}


def test_what_the_notebook_sends_is_accepted() -> None:
    validate(specs.load("sagemaker").operation("CreateFlowDefinition"), FLOW)


def test_a_pattern_that_is_not_satisfied() -> None:
    assert _violations("DescribeHumanTaskUi", {"HumanTaskUiName": "A_b"}) == (
        "1 validation error detected: Value 'A_b' at 'humanTaskUiName' failed to satisfy constraint: "
        "Member must satisfy regular expression pattern: [a-z0-9](-*[a-z0-9])*"
    )


def test_a_pattern_is_anchored() -> None:
    assert "regular expression" in _violations("DescribeHumanTaskUi", {"HumanTaskUiName": "ui "})
    assert "regular expression" in _violations("DescribeHumanTaskUi", {"HumanTaskUiName": "ui\n"})


def test_a_text_that_is_too_long_is_told_by_its_length_alone() -> None:
    assert _violations("DescribeHumanTaskUi", {"HumanTaskUiName": "A" * 64}) == (
        f"1 validation error detected: Value '{'A' * 64}' at 'humanTaskUiName' failed to satisfy constraint: "
        "Member must have length less than or equal to 63"
    )


def test_a_text_that_is_too_short() -> None:
    assert (
        "at 'humanTaskUiName' failed to satisfy constraint: Member must have length greater than or equal to 1"
        in (_violations("DescribeHumanTaskUi", {"HumanTaskUiName": ""}))
    )


def test_a_member_that_is_missing() -> None:
    assert _violations("DescribeHumanTaskUi", {}) == (
        "1 validation error detected: Value null at 'humanTaskUiName' failed to satisfy constraint: Member must not be null"
    )


@pytest.mark.parametrize(
    ("count", "tail"), [(0, "value greater than or equal to 1"), (4, "value less than or equal to 3")]
)
def test_a_number_out_of_range_is_told_by_its_path(count: int, tail: str) -> None:
    assert _violations("CreateFlowDefinition", _flow(TaskCount=count)) == (
        f"1 validation error detected: Value '{count}' at 'humanLoopConfig.taskCount' failed to satisfy constraint: "
        f"Member must have {tail}"
    )


def test_a_word_that_is_not_in_the_set() -> None:
    assert _violations("ListHumanTaskUis", {"SortOrder": "Up"}) == (
        "1 validation error detected: Value 'Up' at 'sortOrder' failed to satisfy constraint: "
        "Member must satisfy enum value set: [Ascending, Descending]"
    )


def test_several_violations_are_counted_and_joined() -> None:
    message = _violations("CreateFlowDefinition", {**_flow(TaskCount=9), "FlowDefinitionName": "No"})

    assert message.startswith("2 validation errors detected: Value 'No' at 'flowDefinitionName' failed")
    assert "; Value '9' at 'humanLoopConfig.taskCount' failed" in message


def test_a_member_of_a_listed_structure_has_its_place() -> None:
    tags = [{"Key": "a", "Value": "b"}, {"Key": "", "Value": "b"}]

    assert (
        "Value '' at 'tags.2.member.key' failed to satisfy constraint: Member must have length greater"
        in (
            _violations(
                "AddTags", {"ResourceArn": "arn:aws:sagemaker:us-east-1:123456789012:model/m", "Tags": tags}
            )
        )
    )


def test_words_of_a_list_are_told_together() -> None:
    assert _violations("CreateFlowDefinition", _flow(TaskKeywords=["boxes", "a  b"])) == (
        "1 validation error detected: Value '[boxes, a  b]' at 'humanLoopConfig.taskKeywords' failed to satisfy "
        "constraint: Member must satisfy constraint: [Member must have length less than or equal to 30, Member must have "
        "length greater than or equal to 1, Member must satisfy regular expression pattern: "
        "[A-Za-z0-9]+( [A-Za-z0-9]+)*]"
    )


def test_a_list_that_is_too_long() -> None:
    message = _violations("CreateFlowDefinition", _flow(TaskKeywords=list("abcdef")))

    assert "Value '[a, b, c, d, e, f]' at 'humanLoopConfig.taskKeywords'" in message
    assert message.endswith("Member must have length less than or equal to 5")


def test_a_secret_is_not_repeated() -> None:
    oidc = dict.fromkeys(
        ("Issuer", "AuthorizationEndpoint", "TokenEndpoint", "UserInfoEndpoint"), "https://a"
    )
    oidc |= {
        "LogoutEndpoint": "https://a",
        "JwksUri": "https://a",
        "ClientId": "id",
        "ClientSecret": "sécret",
    }

    message = _violations("CreateWorkforce", {"WorkforceName": "w", "OidcConfig": oidc})

    assert "sécret" not in message
    assert "Value at 'oidcConfig.clientSecret' failed to satisfy constraint" in message


def test_a_long_value_is_cut() -> None:
    assert len(_violations("DescribeHumanTaskUi", {"HumanTaskUiName": "a" * 1_000_000})) < 2000


def test_names_of_loops_are_as_long_as_the_notebooks_uuid() -> None:
    operation = specs.load("sagemaker-a2i-runtime").operation("DescribeHumanLoop")

    validate(operation, {"HumanLoopName": "00aa1c2e-5b6f-4d28-9c3e-0a1b2c3d4e5f"})


@pytest.mark.parametrize("name", ["Fraud-detector-1613589638354", "Translate-A2I-Text1613589638354"])
def test_names_of_loops_have_capitals_as_in_recorded_runs(name: str) -> None:
    validate(specs.load("sagemaker-a2i-runtime").operation("DescribeHumanLoop"), {"HumanLoopName": name})


@pytest.mark.parametrize("name", ["Fraud_detector", "-Fraud", "Fraud-", "Fraud.detector", "Fraud/1", "Fräud"])
def test_names_of_loops_that_no_run_has_shown_are_told_what_would_be_right(name: str) -> None:
    message = _violations("DescribeHumanLoop", {"HumanLoopName": name}, "sagemaker-a2i-runtime")

    assert message.endswith("Member must satisfy regular expression pattern: ^[a-zA-Z0-9](-*[a-zA-Z0-9])*$")


@pytest.mark.parametrize("service", amendments.AMENDMENTS)
def test_an_amendment_says_what_the_model_does_not(service: str) -> None:
    botocores = Loader().load_service_model(service, "service-2")["shapes"]

    for name, traits in amendments.AMENDMENTS[service].items():
        assert {trait: botocores[name].get(trait) for trait in traits} != traits


def test_s3_has_words_of_its_own() -> None:
    validate(specs.load("s3").operation("ListObjectsV2"), {})


@pytest.mark.parametrize(
    "text",
    ["a" * 62 + "!", "-" * 63, "a" + "-" * 62, "a-" * 31 + "!", "a" * 1_000_000 + "!", "a" + "-" * 1_000_000],
)
@pytest.mark.parametrize(
    "pattern", ["^[a-z0-9](-*[a-z0-9])*", "[a-z0-9](-*[a-z0-9]){0,62}", "[a-zA-Z0-9](-*[a-zA-Z0-9])*"]
)
def test_a_hostile_name_is_refused_in_no_time(pattern: str, text: str) -> None:
    assert not patterns.matches(pattern, text)


def test_a_pattern_that_would_take_for_ever_does_not_match() -> None:
    assert not patterns.matches("(a|a)*b", "a" * 10_000)


@pytest.mark.parametrize(
    ("text", "is_taken"), [("a b~", True), ("a\tb", False), ("caf\xe9", False), (" a", False)]
)
def test_what_java_calls_printable_is_ascii(text: str, is_taken: bool) -> None:
    assert patterns.matches(r"\A\S[\p{Print}]*\z", text) is is_taken


def test_a_character_beyond_two_bytes_is_written_as_java_does() -> None:
    pattern = r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*"

    assert patterns.matches(pattern, "plain, é and 😹")
    assert not patterns.matches(pattern, "\x00")


@pytest.mark.parametrize("service", SERVED)
def test_each_pattern_of_a_served_model_is_understood(service: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for shape in specs.load(service)._shapes.values():
            if "pattern" in shape:
                patterns.matches(shape["pattern"], "x")


@pytest.mark.parametrize(("service", "name"), OPERATIONS)
def test_whatever_is_in_a_request_is_judged(service: str, name: str) -> None:
    operation = specs.load(service).operation(name)
    params = values.most(operation.input) if operation.input else {}

    with suppress(AwsError):
        assert validate(operation, params) is None
