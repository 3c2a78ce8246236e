"""The output document of a human loop: where it lies and what it says. Pure [output-data.md]."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from secondlook.names import is_bucket_name, milliseconds
from secondlook.review.decisions.identity import Identity
from secondlook.review.decisions.shortage import count
from secondlook.review.errors import Invalid

_HTTPS_PATH_STYLE = re.compile(r"https://s3(?:[.-][a-z0-9-]+)?\.amazonaws\.com/([^/]+)/?(.*)")
_HTTPS_HOST_STYLE = re.compile(r"https://([^/]+?)\.s3(?:[.-][a-z0-9-]+)?\.amazonaws\.com/?(.*)")


MOST_KEY_BYTES = 1024
"""S3's limit for a key, in UTF-8."""

LONGEST_LOOP_NAME = 63
"""Characters, each one byte [model]."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One submitted assignment. `paused_for` in seconds does not count as time spent; `content` is JSON text."""

    accepted_at: datetime
    submitted_at: datetime
    paused_for: float
    content: str
    worker_id: str
    identity: Identity


@dataclass(frozen=True, slots=True)
class Closing:
    """Everything the output document of one loop is made of."""

    loop_name: str
    flow_arn: str
    flow_name: str
    output_path: str
    created_at: datetime
    input_content: str
    issuer: str  # of our own sign-in
    answers: tuple[Answer, ...]
    kms_key_id: str | None = None  # of the flow definition's OutputConfig
    request_source: str | None = None  # of the flow definition: the built-in task type, if it has one


def location(output_path: str, flow_name: str, created_at: datetime, loop_name: str) -> tuple[str, str]:
    """Bucket and key of a loop's output.json: a pure function of what is known when the loop starts."""
    bucket, prefix = bucket_and_prefix(output_path)
    parts = [prefix] if prefix else []
    parts += [flow_name, created_at.strftime("%Y/%m/%d/%H/%M/%S"), loop_name, "output.json"]
    return bucket, "/".join(parts)


def uri(output_path: str, flow_name: str, created_at: datetime, loop_name: str) -> str:
    """The `s3://` form that consumers split; kept even when objects lie elsewhere."""
    return "s3://" + "/".join(location(output_path, flow_name, created_at, loop_name))


def bucket_and_prefix(output_path: str) -> tuple[str, str]:
    """The bucket and the prefix without slashes at its ends; raises Invalid for what is no S3 path."""
    if output_path.startswith("s3://"):
        bucket, _, prefix = output_path[5:].partition("/")
    elif match := _HTTPS_PATH_STYLE.fullmatch(output_path) or _HTTPS_HOST_STYLE.fullmatch(output_path):
        bucket, prefix = match.groups()
    else:
        raise Invalid(f"S3OutputPath {output_path!r} must look like s3://BUCKET/PREFIX")
    return bucket, prefix.strip("/")


def writable_bucket(output_path: str, flow_name: str) -> str:
    """The bucket of an output path where every loop of a flow definition could be written; raises Invalid otherwise."""
    bucket, _ = bucket_and_prefix(output_path)
    if not is_bucket_name(bucket):
        raise Invalid(
            f"The bucket {bucket!r} of S3OutputPath {output_path!r} cannot be: a bucket's name has 3 to 63 lower-case "
            "letters, digits, dots and hyphens."
        )
    _, key = location(output_path, flow_name, datetime(2000, 1, 1, tzinfo=UTC), "x" * LONGEST_LOOP_NAME)
    excess = len(key.encode()) - MOST_KEY_BYTES
    if excess > 0:
        raise Invalid(
            f"S3OutputPath {output_path!r} is too long: with the longest name of a human loop the key of its "
            f"output.json would have {MOST_KEY_BYTES + excess:,} bytes in UTF-8, and a key has at most "
            f"{MOST_KEY_BYTES:,}; make the prefix {count(excess, 'byte')} shorter."
        )
    return bucket


def document(closing: Closing) -> bytes:
    """The bytes of output.json: alphabetical at every level, UTF-8, the same however often written.

    Four keys; of a built-in task type also which it is, and `humanLoopContext` is left out of the input.
    """
    body: dict[str, Any] = {
        "flowDefinitionArn": closing.flow_arn,
        "humanAnswers": [_human_answer(answer, closing.issuer) for answer in closing.answers],
        "humanLoopName": closing.loop_name,
        "inputContent": json.loads(closing.input_content),
    }
    if closing.request_source is not None:
        body["awsManagedHumanLoopRequestSource"] = closing.request_source
        if isinstance(body["inputContent"], dict):
            body["inputContent"].pop("humanLoopContext", None)
    text = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    # JSON may escape half of a surrogate pair, which strict readers refuse: U+FFFD stands for it.
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").encode()


def _human_answer(answer: Answer, own_issuer: str) -> dict[str, Any]:
    spent = (answer.submitted_at - answer.accepted_at).total_seconds() - answer.paused_for
    return {
        "acceptanceTime": milliseconds(answer.accepted_at),
        "answerContent": json.loads(answer.content),
        "submissionTime": milliseconds(answer.submitted_at),
        "timeSpentInSeconds": round(max(spent, 0.0), 3),
        "workerId": answer.worker_id,
        "workerMetadata": {"identityData": answer.identity.data(own_issuer)},
    }
