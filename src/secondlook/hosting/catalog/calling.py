"""How an endpoint is called: a snippet for boto3 and a line for the AWS CLI, which work when they are pasted. Pure."""

from __future__ import annotations

import json
import shlex
from typing import NamedTuple

_TEXTS = ("text/", "application/json", "application/jsonlines")

_ENDINGS = {"octet-stream": "bin", "jpeg": "jpg", "plain": "txt", "jsonlines": "jsonl"}
"""What files are called whose type is called otherwise."""


class Ways(NamedTuple):
    """A Python program, and a command of the shell."""

    boto3: str
    cli: str


def ways(
    endpoint: str,
    content_type: str = "application/json",
    sample: str = "{}",
    *,
    is_asynchronous: bool = False,
) -> Ways:
    """`sample` is a body where the content type is one of texts, else a file stands there, and an object for asynchronous endpoints."""
    if is_asynchronous:
        return _asynchronous(endpoint, content_type)
    if content_type.startswith(_TEXTS):
        body = _body(content_type, sample)
        for_boto3 = f"{json.dumps(body, ensure_ascii=False)}.encode()"
        # Version 2 takes a text on its command line for base64; version 1 does not know the option that says otherwise.
        piped, for_the_cli = f"printf %s {shlex.quote(body)} | ", "fileb:///dev/stdin"
    else:
        file = f"sample.{_ending(content_type)}"
        for_boto3, piped, for_the_cli = f'open("{file}", "rb")', "", f"fileb://{file}"
    return Ways(
        f"""\
import boto3

answer = boto3.client("sagemaker-runtime").invoke_endpoint(
    EndpointName="{endpoint}",
    ContentType="{content_type}",
    Body={for_boto3},
)
print(answer["Body"].read().decode())""",
        f"""\
{piped}aws sagemaker-runtime invoke-endpoint --endpoint-name {endpoint} --content-type {shlex.quote(content_type)} \\
    --body {for_the_cli} /dev/stdout""",
    )


def _asynchronous(endpoint: str, content_type: str) -> Ways:
    place = f"s3://BUCKET/sample.{_ending(content_type)}"
    return Ways(
        f"""\
import boto3

call = boto3.client("sagemaker-runtime").invoke_endpoint_async(
    EndpointName="{endpoint}",
    ContentType="{content_type}",
    InputLocation="{place}",
)
print(call["OutputLocation"])  # where the answer will be""",
        f"""\
aws sagemaker-runtime invoke-endpoint-async --endpoint-name {endpoint} --content-type {shlex.quote(content_type)} \\
    --input-location {place}""",
    )


def _ending(content_type: str) -> str:
    kind = content_type.partition(";")[0].partition("/")[2].removeprefix("x-")
    return _ENDINGS.get(kind, kind)


def _body(content_type: str, sample: str) -> str:
    """JSON is made of a sample that is none."""
    if content_type.startswith("application/json"):
        try:
            json.loads(sample)
        except ValueError:
            return json.dumps(sample, ensure_ascii=False)
    return sample
