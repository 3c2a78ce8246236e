"""What each scope of access keys may do, tried over the wire with every operation that is served."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Any

import pytest
from botocore.exceptions import ClientError

from secondlook.api.operations import SERVICES, served, spelled
from secondlook.review.decisions import rights
from secondlook.review.decisions.rights import SCOPES
from tests.running import Server

DENIED = {"AccessDenied", "AccessDeniedException", "403"}
BUCKET = "t-rights"


def calls() -> Iterator[tuple[str, str]]:
    for service in SERVICES:
        for name in served(service):
            yield service, name


def least_input(shape: Any, name: str = "") -> Any:
    """The least that a client must send; names are such as nothing has, so that nothing is changed."""
    if shape is None:
        return {}
    if shape.type_name == "structure":
        return {member: least_input(shape.members[member], member) for member in shape.required_members}
    if shape.type_name == "list":
        return [least_input(shape.member)]
    plain = {
        "boolean": False,
        "integer": 1,
        "long": 1,
        "map": {},
        "blob": b"",
        "string": {"Bucket": BUCKET, "AccountId": "123456789012"}.get(name, "!"),
    }
    return plain[shape.type_name]


def outcome(client: Any, operation: str) -> str:
    model = client.meta.service_model.operation_model(operation)
    try:
        getattr(client, spelled(operation))(**least_input(model.input_shape))
    except ClientError as error:
        return str(error.response["Error"]["Code"])
    return "done"


@pytest.mark.parametrize("scope", SCOPES)
def test_the_table_of_rights_is_what_is_enforced(sqlite_server: Server, scope: str) -> None:
    admin = sqlite_server.client("s3")
    admin.create_bucket(Bucket=BUCKET)
    bound = {} if scope == "admin" else {"Buckets": [BUCKET]}
    keys = sqlite_server.key(f"rights-{scope}", scope, **bound)
    wrong = {}
    for service, operation in calls():
        client = sqlite_server.client(service, keys, parameter_validation=False)
        answer = outcome(client, operation)
        if (answer in DENIED) == rights.may_call(scope, service, operation):
            wrong[f"{service} {operation}"] = answer
    with contextlib.suppress(ClientError):
        admin.delete_bucket(Bucket=BUCKET)

    assert {} == wrong


def test_a_refusal_names_the_key_its_scope_and_the_one_that_is_needed(
    sqlite_server: Server, name: str
) -> None:
    keys = sqlite_server.key(name, "requester")
    with pytest.raises(ClientError) as error:
        sqlite_server.client("secondlook", keys).issue_session(Email="admin@localhost")

    message = error.value.response["Error"]["Message"]
    assert f"takes an access key of scope admin; {keys[0]} ({name}) has the scope requester" in message
