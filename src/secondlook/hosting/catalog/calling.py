"""How an endpoint is called: a snippet for boto3 and a line for the AWS CLI, which work when they are pasted. Pure."""

from __future__ import annotations

import json
import shlex

_TEXTS = ("text/", "application/json", "application/jsonlines")


def ways(endpoint: str, content_type: str = "application/json", sample: str = "{}") -> str:
    """Both; `sample` is a body where the content type is one of texts, else a file stands there."""
    if content_type.startswith(_TEXTS):
        # Version 2 takes a text on its command line for base64; version 1 does not know the option that says otherwise.
        piped, file = f"printf %s {shlex.quote(_body(content_type, sample))} | ", "/dev/stdin"
    else:
        piped, file = "", _file(content_type)
    return f"""\
{in_python(endpoint, content_type, sample)}

{piped}aws sagemaker-runtime invoke-endpoint --endpoint-name {endpoint} --content-type {content_type} \\
    --body fileb://{file} /dev/stdout"""


def in_python(endpoint: str, content_type: str = "application/json", sample: str = "{}") -> str:
    """The snippet for boto3 alone."""
    if content_type.startswith(_TEXTS):
        body = f"{json.dumps(_body(content_type, sample), ensure_ascii=False)}.encode()"
    else:
        body = f'open("{_file(content_type)}", "rb")'
    return f"""\
import boto3

answer = boto3.client("sagemaker-runtime").invoke_endpoint(
    EndpointName="{endpoint}",
    ContentType="{content_type}",
    Body={body},
)
print(answer["Body"].read().decode())"""


def _file(content_type: str) -> str:
    return f"sample.{content_type.partition('/')[2].removeprefix('x-')}"


def _body(content_type: str, sample: str) -> str:
    """JSON is made of a sample that is none."""
    if content_type.startswith("application/json"):
        try:
            json.loads(sample)
        except ValueError:
            return json.dumps(sample, ensure_ascii=False)
    return sample
