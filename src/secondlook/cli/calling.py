"""How an endpoint is called: a snippet for boto3 and a line for the AWS CLI, which work when they are pasted. Pure."""

from __future__ import annotations

import json
import shlex

_TEXTS = ("text/", "application/json", "application/jsonlines")


def ways(endpoint: str, content_type: str = "application/json", sample: str = "{}") -> str:
    """Both; `sample` is a body where the content type is one of texts, else a file stands there."""
    if content_type.startswith(_TEXTS):
        body = _body(content_type, sample)
        for_boto3, for_the_cli = (
            f"{json.dumps(body, ensure_ascii=False)}.encode()",
            "--body fileb:///dev/stdin",  # version 2 takes a text on the command line for base64, and 1 does not know how to be told
        )
        piped = f"printf %s {shlex.quote(body)} | "
    else:
        file = f"sample.{content_type.partition('/')[2].removeprefix('x-')}"
        for_boto3, for_the_cli, piped = f'open("{file}", "rb")', f"--body fileb://{file}", ""
    return f"""\
import boto3

answer = boto3.client("sagemaker-runtime").invoke_endpoint(
    EndpointName="{endpoint}",
    ContentType="{content_type}",
    Body={for_boto3},
)
print(answer["Body"].read().decode())

{piped}aws sagemaker-runtime invoke-endpoint --endpoint-name {endpoint} --content-type {content_type} \\
    {for_the_cli} /dev/stdout"""


def _body(content_type: str, sample: str) -> str:
    """JSON is made of a sample that is none."""
    if content_type.startswith("application/json"):
        try:
            json.loads(sample)
        except ValueError:
            return json.dumps(sample, ensure_ascii=False)
    return sample
