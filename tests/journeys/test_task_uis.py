"""Human task UIs and their preview over plain boto3 [api.md §3]."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import urllib.request
from datetime import UTC, datetime, timedelta
from html import unescape
from typing import Any

import pytest

from tests.running import Server

from .client_errors import refused

TEMPLATE = "<crowd-form><p>{{ task.input.text }} & ü</p></crowd-form>\r\n"
ROLE = "arn:aws:iam::123456789012:role/r"


@pytest.fixture
def sagemaker(server: Server) -> Any:
    return server.client("sagemaker")


def create(sagemaker: Any, name: str, template: str = TEMPLATE) -> str:
    return sagemaker.create_human_task_ui(HumanTaskUiName=name, UiTemplate={"Content": template})[
        "HumanTaskUiArn"
    ]


def render(sagemaker: Any, template: str, task_input: object, **more: Any) -> dict[str, Any]:
    text = task_input if isinstance(task_input, str) else json.dumps(task_input)
    return sagemaker.render_ui_template(
        UiTemplate={"Content": template}, Task={"Input": text}, RoleArn=ROLE, **more
    )


def fetched(url: str) -> bytes:
    with urllib.request.urlopen(url, timeout=30) as answer:
        return answer.read()


def members(answer: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in answer.items() if name != "ResponseMetadata"}


def test_create_answers_the_arn_and_nothing_else(sagemaker, name):
    answer = sagemaker.create_human_task_ui(HumanTaskUiName=name, UiTemplate={"Content": TEMPLATE})

    assert {"HumanTaskUiArn": f"arn:aws:sagemaker:us-east-1:123456789012:human-task-ui/{name}"} == members(
        answer
    )


def test_describe_has_the_text_behind_a_link_that_is_another_each_time(sagemaker, name):
    arn = create(sagemaker, name)
    first, second = (members(sagemaker.describe_human_task_ui(HumanTaskUiName=name)) for _ in range(2))
    ui, created = first.pop("UiTemplate"), first.pop("CreationTime")

    assert {"HumanTaskUiArn": arn, "HumanTaskUiName": name, "HumanTaskUiStatus": "Active"} == first
    assert datetime.now(UTC) - timedelta(minutes=1) < created <= datetime.now(UTC)
    assert {"Url", "ContentSha256"} == set(ui)
    assert hashlib.sha256(TEMPLATE.encode()).hexdigest() == ui["ContentSha256"]
    assert TEMPLATE.encode() == fetched(ui["Url"])
    assert second["UiTemplate"]["Url"] != ui["Url"]


def test_a_name_that_is_taken_is_in_use_and_keeps_its_text(sagemaker, name):
    create(sagemaker, name)
    before = sagemaker.describe_human_task_ui(HumanTaskUiName=name)["UiTemplate"]["ContentSha256"]

    with pytest.raises(sagemaker.exceptions.ResourceInUse, match=f"'{name}' exists already") as error:
        create(sagemaker, name, "<crowd-form></crowd-form>")
    assert 400 == error.value.response["ResponseMetadata"]["HTTPStatusCode"]
    assert before == sagemaker.describe_human_task_ui(HumanTaskUiName=name)["UiTemplate"]["ContentSha256"]


def test_a_template_with_faults_is_taken_and_the_log_says_what_is_wrong_where(server, sagemaker, name):
    create(sagemaker, name, "<crowd-form>\n<crowd-boundingbox></crowd-boundingbox>\n{{ a.b. }}</crowd-form>")

    lines = [line for line in server.log.splitlines() if f"human task UI {name}: " in line]
    assert 2 == len(lines)
    assert "UnknownElement: There is no element <crowd-boundingbox>" in lines[0]
    assert "InvalidTemplate: Expected an identifier, found end of expression (line 3, column 8)." in lines[1]


def test_a_template_with_a_misspelt_variable_renders_and_the_log_warns(server, sagemaker, name):
    content = "<crowd-form>\n{{ tsk.input.text }}</crowd-form>"
    create(sagemaker, name, content)

    rendered = render(sagemaker, content, {"text": "a"})
    (line,) = [line for line in server.log.splitlines() if f"human task UI {name}: " in line]

    assert rendered["Errors"] == []
    assert (
        f"{name}: warning: UnknownVariable: Nothing is called 'tsk.input' here; did you mean 'task.input'?"
        in line
    )


@pytest.mark.parametrize("operation", ["describe_human_task_ui", "delete_human_task_ui"])
def test_an_unknown_task_ui_is_not_found(sagemaker, name, operation):
    with pytest.raises(sagemaker.exceptions.ResourceNotFound, match=name) as error:
        getattr(sagemaker, operation)(HumanTaskUiName=name)
    assert 400 == error.value.response["ResponseMetadata"]["HTTPStatusCode"]


def test_after_delete_it_is_gone_and_the_name_is_free(sagemaker, name):
    create(sagemaker, name)
    answer = sagemaker.delete_human_task_ui(HumanTaskUiName=name)

    assert {} == members(answer)
    refused("ResourceNotFound", name, sagemaker.describe_human_task_ui, HumanTaskUiName=name)
    create(sagemaker, name)


def test_lists_are_paged_and_ordered_by_creation_time_between_two_moments(sagemaker, name):
    names = [f"{name}-{number}" for number in range(5)]
    arns = [create(sagemaker, name) for name in names]
    first, last = (
        sagemaker.describe_human_task_ui(HumanTaskUiName=name)["CreationTime"]
        for name in (names[0], names[-1])
    )
    around = {
        "CreationTimeAfter": first - timedelta(milliseconds=1),
        "CreationTimeBefore": last + timedelta(milliseconds=1),
    }

    def listed(**options: Any) -> list[dict[str, Any]]:
        pages = sagemaker.get_paginator("list_human_task_uis").paginate(
            **options, PaginationConfig={"PageSize": 2}
        )
        return [
            summary
            for page in pages
            for summary in page["HumanTaskUiSummaries"]
            if summary["HumanTaskUiName"] in names
        ]

    assert names[::-1] == [summary["HumanTaskUiName"] for summary in listed(**around)]
    assert names == [summary["HumanTaskUiName"] for summary in listed(**around, SortOrder="Ascending")]
    assert names[1:] == [
        summary["HumanTaskUiName"] for summary in listed(CreationTimeAfter=first, SortOrder="Ascending")
    ]
    assert names[:-1] == [
        summary["HumanTaskUiName"] for summary in listed(CreationTimeBefore=last, SortOrder="Ascending")
    ]
    assert {"HumanTaskUiName": names[-1], "HumanTaskUiArn": arns[-1], "CreationTime": last} == listed(
        **around
    )[0]


@pytest.mark.parametrize(
    "token",
    [
        "nonsense",
        *(
            base64.urlsafe_b64encode(text).decode()
            for text in (b"[{},{}]", b'["2026-01-01",7]', b"[1,2,3]", b"{}")
        ),
    ],
)
def test_a_token_that_this_list_never_gave_out_is_refused(sagemaker, token):
    refused("ValidationException", "NextToken", sagemaker.list_human_task_uis, NextToken=token)


def test_the_longest_template_is_stored_and_one_more_character_is_refused(sagemaker, name):
    longest = "é" * 128_000
    create(sagemaker, name, longest)
    url = sagemaker.describe_human_task_ui(HumanTaskUiName=name)["UiTemplate"]["Url"]

    assert longest == fetched(url).decode()
    refused(
        "ValidationException",
        "at 'uiTemplate.content' failed to satisfy constraint: Member must have length less than or equal to 128000",
        sagemaker.create_human_task_ui,
        HumanTaskUiName=f"{name}-2",
        UiTemplate={"Content": longest + "é"},
    )


def test_a_preview_has_s3_references_as_links_that_can_be_fetched(server, sagemaker, name):
    s3 = server.client("s3")
    s3.create_bucket(Bucket=name)
    s3.put_object(Bucket=name, Key="a folder/ü.png", Body=b"a picture", ContentType="image/png")
    answer = members(
        render(
            sagemaker,
            '<img src="{{ task.input.image | grant_read_access }}"><crowd-form>{{ task.input.text }}</crowd-form>',
            {"image": f"s3://{name}/a folder/ü.png", "text": "1 < 2"},
        )
    )

    assert {"RenderedContent", "Errors"} == set(answer)
    assert [] == answer["Errors"]
    assert "1 &lt; 2" in answer["RenderedContent"]
    assert "s3://" not in answer["RenderedContent"]
    link = unescape(re.search(r'<img src="([^"]+)"', answer["RenderedContent"])[1])
    assert b"a picture" == fetched(link)


def test_a_stored_template_renders_by_its_arn(sagemaker, name):
    answer = sagemaker.render_ui_template(
        HumanTaskUiArn=create(sagemaker, name), Task={"Input": '{"text": "hello"}'}, RoleArn=ROLE
    )

    assert "<p>hello & ü</p>" in answer["RenderedContent"]


@pytest.mark.parametrize(
    ("template", "task_input"),
    [
        ("<crowd-form>{{ task.input.a", {}),
        ("{% if a %}<crowd-form></crowd-form>", {}),
        ("{% nonsense %}", {}),
        ("{{ task.input.a | nonsense }}", {"a": 1}),
        ('{{ " " | grant_read_access }}', {}),
        ("{{ task.input.image | grant_read_access }}", {"image": "s3://secondlook-internal/x"}),
        (TEMPLATE, "{not json"),
        (TEMPLATE, "[1e400]"),
        (TEMPLATE, "[" * 50_000),
    ],
)
def test_what_does_not_render_is_told_in_the_list_of_errors(sagemaker, template, task_input):
    answer = members(render(sagemaker, template, task_input))

    assert "" == answer["RenderedContent"]
    assert [{"Code", "Message"}] == [set(error) for error in answer["Errors"]]
    assert all(error["Code"] and error["Message"] for error in answer["Errors"])


def test_the_known_code_of_a_wrong_s3_reference(sagemaker):
    answer = render(sagemaker, '<img src="{{ task.input.image | grant_read_access }}">', {"image": " "})

    assert [
        {
            "Code": "InvalidParameters",
            "Message": '"grant_read_access" input is not a valid S3 URI: " " (line 1, column 33).',
        }
    ] == answer["Errors"]


def test_a_preview_tells_every_element_that_does_not_exist_with_its_line(sagemaker):
    answer = members(
        render(
            sagemaker,
            "<crowd-form>\n<crowd-boundingbox></crowd-boundingbox>\n<crowd-x></crowd-x></crowd-form>",
            {},
        )
    )

    assert {
        "RenderedContent": "",
        "Errors": [
            {
                "Code": "UnknownElement",
                "Message": "There is no element <crowd-boundingbox>; did you mean <crowd-bounding-box>? (line 2, column 1).",
            },
            {"Code": "UnknownElement", "Message": "There is no element <crowd-x> (line 3, column 1)."},
        ],
    } == answer


def test_a_preview_tells_that_a_page_has_no_form_but_prints_text_alone(sagemaker):
    page = render(sagemaker, "<p>{{ task.input.text }}</p>", {"text": "a"})
    text = render(sagemaker, '{{ "a,b" | split: "," | size }}', {})

    assert ["MissingForm"] == [error["Code"] for error in page["Errors"]]
    assert ("2", []) == (text["RenderedContent"], text["Errors"])


def test_half_a_surrogate_pair_in_the_input_shows_as_its_escape(sagemaker):
    answer = render(sagemaker, TEMPLATE, '{"text": "a\\ud800b"}')

    assert [] == answer["Errors"]
    assert "<p>a\\ud800b" in answer["RenderedContent"]


def test_a_preview_takes_one_template_not_none_and_not_two(sagemaker, name):
    arn = create(sagemaker, name)
    plain = {"Task": {"Input": "{}"}, "RoleArn": ROLE}

    for request in (plain, {**plain, "HumanTaskUiArn": arn, "UiTemplate": {"Content": TEMPLATE}}):
        refused(
            "ValidationException",
            "exactly one of UiTemplate and HumanTaskUiArn",
            sagemaker.render_ui_template,
            **request,
        )


def test_a_preview_of_a_task_ui_of_another_account_or_name_is_not_found(sagemaker, name):
    arn = create(sagemaker, name)

    for other in (
        arn + "-2",
        arn.replace("123456789012", "210987654321"),
        arn.replace("us-east-1", "eu-west-1"),
    ):
        refused(
            "ResourceNotFound",
            "Could not find human task UI",
            sagemaker.render_ui_template,
            HumanTaskUiArn=other,
            Task={"Input": "{}"},
            RoleArn=ROLE,
        )


def test_tags_given_at_the_start_are_listed_and_go_with_it(sagemaker, name):
    tags = [{"Key": "a", "Value": "1"}]
    arn = sagemaker.create_human_task_ui(HumanTaskUiName=name, UiTemplate={"Content": TEMPLATE}, Tags=tags)[
        "HumanTaskUiArn"
    ]

    assert tags == sagemaker.list_tags(ResourceArn=arn)["Tags"]
    sagemaker.delete_human_task_ui(HumanTaskUiName=name)
    create(sagemaker, name)
    assert [] == sagemaker.list_tags(ResourceArn=arn)["Tags"]
