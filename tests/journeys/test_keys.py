"""Access keys: what those of requesters and programs cannot reach, where they are bound to, when they end, when they were used."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
import urllib3
from botocore.exceptions import ClientError

from secondlook.testing import Server as LocalServer
from tests.running import Server, eventually

from .client_errors import refused
from .reviewing import Review

INTERNAL = "secondlook-internal"
PICTURE = "<crowd-form><img src='{{ task.input.picture | grant_read_access }}'></crowd-form>"


def requester(server: Server) -> tuple[str, str]:
    """The key that `secondlook env` hands out."""
    credentials = server.credentials["requester"]
    return credentials["access_key_id"], credentials["secret_access_key"]


@pytest.fixture
def buckets(server: Server, name: str) -> tuple[str, str]:
    """Two buckets with an object each; the key of a test is bound to the first."""
    mine, other = f"{name}-mine", f"{name}-other"
    s3 = server.client("s3")
    for bucket in (mine, other):
        s3.create_bucket(Bucket=bucket)
        s3.put_object(Bucket=bucket, Key="k", Body=bucket.encode())
    return mine, other


# requesters


def test_what_env_hands_out_opens_nobody_s_session_and_makes_no_key(server, name):
    own = server.client("secondlook", requester(server))

    assert server.url == own.get_server()["PublicUrl"]
    for call, params in (
        (own.issue_session, {"Email": "admin@localhost"}),
        (own.issue_sign_in_link, {"Email": "admin@localhost"}),
        (own.create_key, {"Name": name, "Scope": "admin"}),
        (own.create_team, {"TeamName": name, "Invite": ["me@example.org"]}),
    ):
        refused("AccessDeniedException", "takes an access key of scope admin", call, **params)


def test_what_the_server_keeps_for_itself_is_closed_to_every_key(server, buckets):
    for keys in (None, requester(server)):
        s3 = server.client("s3", keys)
        for call, params in (
            (s3.list_objects_v2, {}),
            (s3.get_object, {"Key": "k"}),
            (s3.put_object, {"Key": "k", "Body": b""}),
            (s3.copy_object, {"Key": "k", "CopySource": f"{buckets[0]}/k"}),
            (s3.get_bucket_cors, {}),
            (s3.delete_bucket, {}),
        ):
            refused("AccessDenied", "", call, Bucket=INTERNAL, **params)
        refused(
            "AccessDenied",
            "",
            s3.copy_object,
            Bucket=buckets[0],
            Key="k",
            CopySource=f"{INTERNAL}/task-uis/k",
        )


def test_the_output_of_a_flow_definition_cannot_go_to_the_server_s_own_bucket(server, name):
    sagemaker = server.client("sagemaker", requester(server))
    review = Review(server, name)
    config = sagemaker.describe_flow_definition(FlowDefinitionName=name)
    refused(
        "ValidationException",
        f"The bucket '{INTERNAL}'",
        sagemaker.create_flow_definition,
        FlowDefinitionName=f"{review.name}-2",
        RoleArn=config["RoleArn"],
        HumanLoopConfig=config["HumanLoopConfig"],
        OutputConfig={"S3OutputPath": f"s3://{INTERNAL}/task-uis"},
    )


def test_a_work_team_that_a_requester_makes_lets_nobody_in(server, name):
    sagemaker = server.client("sagemaker", requester(server))
    group = {"UserPool": "pool_1", "UserGroup": "admins", "ClientId": "c"}
    sagemaker.create_workteam(
        WorkteamName=name, Description="d", MemberDefinitions=[{"CognitoMemberDefinition": group}]
    )
    sagemaker.update_workteam(WorkteamName=name, Description="mine now")

    assert [] == server.client("secondlook").list_members(TeamName=name)["Members"]


# buckets


def test_a_key_reaches_the_objects_of_its_buckets_and_no_others(server, name, buckets):
    mine, other = buckets
    s3 = server.client("s3", server.key(name, "runtime", Buckets=[mine]))
    s3.put_object(Bucket=mine, Key="new", Body=b"1")
    s3.copy_object(Bucket=mine, Key="copy", CopySource=f"{mine}/new")
    upload = s3.create_multipart_upload(Bucket=mine, Key="parts")["UploadId"]
    part = {"Bucket": mine, "Key": "parts", "UploadId": upload, "PartNumber": 1}

    assert {"k", "new", "copy"} == {content["Key"] for content in s3.list_objects_v2(Bucket=mine)["Contents"]}
    assert [mine] == [bucket["Name"] for bucket in s3.list_buckets()["Buckets"]]
    for call, params in (
        (s3.get_object, {"Bucket": other, "Key": "k"}),
        (s3.put_object, {"Bucket": other, "Key": "k", "Body": b""}),
        (s3.delete_object, {"Bucket": other, "Key": "k"}),
        (s3.delete_objects, {"Bucket": other, "Delete": {"Objects": [{"Key": "k"}]}}),
        (s3.list_objects_v2, {"Bucket": other}),
        (s3.create_multipart_upload, {"Bucket": other, "Key": "k"}),
        (s3.copy_object, {"Bucket": mine, "Key": "k", "CopySource": f"{other}/k"}),
        (s3.copy_object, {"Bucket": other, "Key": "k", "CopySource": f"{mine}/k"}),
        (s3.upload_part_copy, {**part, "CopySource": f"{other}/k"}),
        (s3.get_object, {"Bucket": f"{name}-nowhere", "Key": "k"}),
    ):
        refused("AccessDenied", f"may use the buckets {mine}, not '", call, **params)
    s3.abort_multipart_upload(Bucket=mine, Key="parts", UploadId=upload)


def test_a_link_signed_with_a_key_reaches_no_further_than_the_key(server, name, buckets):
    s3 = server.client("s3", server.key(name, "runtime", Buckets=[buckets[0]]))
    links = [s3.generate_presigned_url("get_object", {"Bucket": bucket, "Key": "k"}) for bucket in buckets]
    answers = [urllib3.request("GET", link) for link in links]

    assert [200, 403] == [answer.status for answer in answers]
    assert b"AccessDenied" in answers[1].data


def test_a_runtime_key_without_buckets_reaches_no_object(server, name, buckets):
    s3 = server.client("s3", server.key(name, "runtime"))

    assert [] == s3.list_buckets()["Buckets"]
    refused("AccessDenied", "may use no bucket", s3.get_object, Bucket=buckets[0], Key="k")


def test_a_requester_s_key_can_be_bound_too(server, name, buckets):
    mine, other = buckets
    keys = server.key(name, "requester", Buckets=[mine])
    s3, sagemaker = server.client("s3", keys), server.client("sagemaker", keys)
    s3.put_object(Bucket=mine, Key="new", Body=b"1")
    page = sagemaker.render_ui_template(
        UiTemplate={"Content": PICTURE},
        Task={"Input": json.dumps({"picture": f"s3://{other}/k"})},
        RoleArn="arn:aws:iam::123456789012:role/r",
    )

    refused("AccessDenied", "", s3.create_bucket, Bucket=f"{name}-third")
    assert f'may not name the bucket "{other}"' in page["Errors"][0]["Message"]


def test_a_page_shows_only_what_the_starter_of_its_loop_may_read(server, name, buckets):
    mine, other = buckets
    review = Review(server, name, template=PICTURE)
    keys = server.key(name, "runtime", Buckets=[mine])

    def started(loop: str, bucket: str, keys: tuple[str, str] | None) -> dict[str, Any]:
        server.client("sagemaker-a2i-runtime", keys).start_human_loop(
            HumanLoopName=loop,
            FlowDefinitionArn=review.arn,
            HumanLoopInput={"InputContent": json.dumps({"picture": f"s3://{bucket}/k"})},
        )
        ready = server.client("secondlook").describe_loop
        return eventually(
            lambda: (
                (described := ready(HumanLoopName=loop)["Loop"])
                and (described["Ready"] or described["HumanLoopStatus"] == "Failed")
                and described
            )
        )

    assert started(f"{name}-1", mine, keys)["Ready"]
    assert started(f"{name}-2", other, None)["Ready"]
    reason = started(f"{name}-3", other, keys)["FailureReason"]
    assert f'may not name the bucket "{other}"' in reason


@pytest.mark.parametrize(
    ("bound", "reason"),
    [
        ({"Scope": "admin", "Buckets": ["pictures"]}, "scope admin cannot be bound"),
        ({"Buckets": [INTERNAL]}, "no name of a bucket"),
        ({"Buckets": ["No Bucket"]}, "no name of a bucket"),
        (
            {"ExpiresAt": datetime(2020, 1, 1, tzinfo=UTC)},
            "cannot expire at 2020-01-01 00:00 UTC, the end of 2019-12-31, which is past",
        ),
        (
            {"ExpiresAt": datetime(2020, 1, 1, 12, tzinfo=timezone(timedelta(hours=2)))},
            "cannot expire at 2020-01-01 10:00 UTC, which is past",
        ),
        ({"Scope": "all"}, "admin, requester, runtime"),
    ],
)
def test_a_key_that_cannot_be_is_refused(sqlite_server, name, bound, reason):
    refused("ValidationException", reason, sqlite_server.client("secondlook").create_key, Name=name, **bound)


# time


@pytest.mark.parametrize(
    ("service", "operation", "code"),
    [
        ("sagemaker", "list_workteams", "UnrecognizedClientException"),
        ("s3", "list_buckets", "InvalidAccessKeyId"),
        ("sts", "get_caller_identity", "InvalidClientTokenId"),
    ],
)
def test_an_expired_key_is_refused_as_one_that_is_not_there_and_says_when_it_ended(
    secondlook_server: LocalServer, name, service, operation, code
):
    ends = secondlook_server.clock() + timedelta(days=7)
    key = secondlook_server.key(name, "requester", ExpiresAt=ends)
    call = getattr(secondlook_server.client(service, key), operation)
    call()

    secondlook_server.clock.advance_to(ends)

    with pytest.raises(ClientError) as caught:
        call()
    error = caught.value.response["Error"]
    assert code == error["Code"]
    assert f"{key.key_id} ({name}) expired at {ends:%Y-%m-%dT%H:%M:%SZ}" in error["Message"]
    listed = {row["AccessKeyId"]: row for row in secondlook_server.client("secondlook").list_keys()["Keys"]}
    assert abs(listed[key.key_id]["ExpiresAt"] - ends) < timedelta(seconds=1)


def test_the_list_says_when_and_from_where_a_key_was_last_used(server, name):
    keys = server.key(name, "runtime")

    def listed() -> dict[str, Any]:
        return {key["AccessKeyId"]: key for key in server.client("secondlook").list_keys()["Keys"]}[keys[0]]

    assert "LastUsedAt" not in listed()
    before = datetime.now(UTC) - timedelta(seconds=1)
    server.client("sts", keys).get_caller_identity()
    used = eventually(lambda: (key := listed()).get("LastUsedAt") and key)
    assert before < used["LastUsedAt"]
    assert "127.0.0.1" == used["LastUsedFrom"]
