"""The table of rights: whole, deny by default, and one with what the wire's model says."""

from __future__ import annotations

import pytest

from secondlook.api.operations import SERVICES, served
from secondlook.review.decisions import rights
from secondlook.review.decisions.rights import ADMIN, EVERY, LEAST, LINK, REQUESTER, RUNTIME, SCOPES
from secondlook.wire import specs


def test_every_operation_of_our_own_service_has_a_row():
    assert served("secondlook").keys() == set(LEAST["secondlook"])


@pytest.mark.parametrize("service", SERVICES)
def test_every_row_names_an_operation_that_is_served(service):
    assert set(LEAST[service]) - {EVERY} <= served(service).keys()


def test_what_has_no_row_takes_an_admin():
    assert ADMIN == rights.least("secondlook", "MadeYesterday")
    assert ADMIN == rights.least("made-yesterday", "GetObject")


def test_each_scope_may_do_what_the_narrower_may():
    for service, rows in LEAST.items():
        for operation in rows:
            allowed = [scope for scope in SCOPES if rights.may_call(scope, service, operation)]
            assert allowed == list(SCOPES)[: len(allowed)]
            assert allowed


@pytest.mark.parametrize("scope", ["", "all", "Admin"])
def test_a_scope_that_is_none_may_do_nothing(scope):
    assert not rights.may_call(scope, "sts", "GetCallerIdentity")


def test_nothing_about_people_sessions_or_keys_is_open_to_requesters():
    for operation in (
        "CreateTeam", "ListMembers", "RemoveMember", "IssueSession", "IssueSignInLink", "CreateKey", "ListKeys", "RevokeKey",
    ):  # fmt: skip
        assert ADMIN == rights.least("secondlook", operation)


def test_the_key_of_the_server_reads_objects_and_no_more():
    assert {"GetObject", "HeadObject"} == {name for name in served("s3") if rights.may_call(LINK, "s3", name)}
    assert not rights.may_call(LINK, "sts", "GetCallerIdentity")


def test_the_model_of_our_own_service_knows_the_same_scopes():
    shape = specs.load("secondlook").shape({"shape": "KeyScope"})

    assert list(SCOPES) == shape.traits["enum"]


@pytest.mark.parametrize(
    ("buckets", "bucket", "expected"),
    [
        (None, "pictures", True),
        (None, rights.INTERNAL_BUCKET, False),
        ([], "pictures", False),
        (["pictures"], "pictures", True),
        (["pictures"], "others", False),
        ([rights.INTERNAL_BUCKET], rights.INTERNAL_BUCKET, False),
    ],
)
def test_which_buckets_may_be_used(buckets, bucket, expected):
    assert expected == rights.may_use(buckets, bucket)


def test_a_requester_calls_aws_and_a_program_at_runtime_its_loops():
    assert REQUESTER == rights.least("sagemaker", "CreateFlowDefinition")
    assert RUNTIME == rights.least("sagemaker-a2i-runtime", "StartHumanLoop")
    assert RUNTIME == rights.least("sagemaker-runtime", "InvokeEndpoint")
