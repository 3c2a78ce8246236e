"""Asking people about one input: through a model and the conditions of a flow definition, or at once."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from secondlook.client import inputs, predicted
from secondlook.client.connection import Connection, present
from secondlook.client.drawing.picture import Picture
from secondlook.client.errors import SecondlookError
from secondlook.client.failures import in_words
from secondlook.client.formats.annotations import Size
from secondlook.client.inputs import Given, Input
from secondlook.client.review import REVIEW, Review
from secondlook.names import last_part

MOST_ATTRIBUTES = 1024
"""Characters of CustomAttributes [model-hosting.md]."""


def ask(
    flow: str,
    input: Given | None = None,  # noqa: A002  (the word that AWS and readers use)
    *,
    endpoint: str | None = None,
    prediction: Any = None,
    name: str | None = None,
    content_type: str | None = None,
    connection: Connection | None = None,
) -> Review:
    """Have people look at an input as the flow definition `flow` says; given by its name or ARN.

    With `endpoint` that model is asked first, and its answer goes to people only if the flow definition's conditions say so. Without,
    people are asked in any case: a dictionary is what their page gets (InputContent); anything else is put beside the answers and
    named to the page as `taskObject`, with the boxes of `prediction`, if you have one, as `initialValue`.

    `input` is a path, bytes, `s3://BUCKET/KEY`, or a document of JSON. `name` is the loop's; left out, it follows from the input,
    so that asking again gives the same Review. Raises SecondlookError saying what is wrong.
    """
    here = present(connection)
    if endpoint is not None and prediction is not None:
        raise SecondlookError("Give endpoint or prediction: the endpoint makes the prediction itself.")
    if input is None:
        raise SecondlookError(
            'There is no input: give a path, bytes, "s3://BUCKET/KEY" or a document of JSON.'
        )
    with in_words():
        if endpoint is None:
            return _people(here, flow, _content(here, flow, input, prediction, content_type), name)
        given = inputs.read(input, content_type)
        asked = _Asked(here, flow, endpoint, name)
        return asked.of_object(given, content_type) if given.uri else asked.of_body(given)


def _people(here: Connection, flow: str, content: Mapping[str, Any], name: str | None) -> Review:
    """A loop without a condition."""
    try:
        text = json.dumps(content, ensure_ascii=False, allow_nan=False)
    except (TypeError, ValueError) as error:
        raise SecondlookError(f"The input cannot be written as JSON: {error}.") from error
    arn = here.flow_arn(flow)
    loop = name or _derived_name(last_part(arn), text)
    here.service.client("sagemaker-a2i-runtime").start_human_loop(
        HumanLoopName=loop, FlowDefinitionArn=arn, HumanLoopInput={"InputContent": text}
    )
    uri = content.get("taskObject")
    return Review(
        here,
        last_part(arn),
        REVIEW,
        loop,
        prediction=content.get("prediction"),
        input_uri=uri if isinstance(uri, str) else None,
        content=dict(content),
    )


def _content(
    here: Connection, flow: str, given: Given, prediction: Any, content_type: str | None
) -> dict[str, Any]:
    """InputContent, in the shape that conditions map a prediction to."""
    if isinstance(given, dict):
        return {**_predicted(prediction, None), **given}
    if isinstance(given, list):
        raise SecondlookError("What the page of a task gets is an object of JSON, {…}, not a list.")
    found = inputs.read(given, content_type)
    picture = Picture.of(found.body)
    uri = found.uri or _upload(here, flow, found)
    return {"taskObject": uri, **_predicted(prediction, picture.size if picture else None)}


def _predicted(prediction: Any, size: Size | None) -> dict[str, Any]:
    if prediction is None:
        return {}
    return {**predicted.initial_value(predicted.boxes(prediction, size)), "prediction": prediction}


def _upload(here: Connection, flow: str, given: Input) -> str:
    """Put it where the server keeps inputs, beside the answers; its URI. The same bytes are the same object."""
    name = last_part(flow)
    described = here.service.client("sagemaker").describe_flow_definition(FlowDefinitionName=name)
    path = described["OutputConfig"]["S3OutputPath"]
    bucket, _, prefix = path.removeprefix("s3://").partition("/")
    if not path.startswith("s3://") or not bucket:
        raise SecondlookError(
            f"The output path of {name} is {path}: put the input into S3 and give its s3:// URI."
        )
    key = "/".join(filter(None, [prefix.strip("/"), name, "inputs", given.sha256 + given.suffix]))
    here.service.client("s3").put_object(
        Bucket=bucket, Key=key, Body=given.body, ContentType=given.content_type
    )
    return f"s3://{bucket}/{key}"


def _derived_name(flow: str, text: str) -> str:
    digest = hashlib.sha256(f"{flow}\n{text}".encode("utf-8", "surrogatepass")).hexdigest()
    return f"{flow[:22].rstrip('-')}-{digest[:40]}"


@dataclass(frozen=True, slots=True)
class _Asked:
    """One question to a model, judged by a flow definition."""

    here: Connection
    flow: str
    endpoint: str
    name: str | None

    def of_object(self, given: Input, content_type: str | None) -> Review:
        """The server reads the object itself."""
        arn = self.here.flow_arn(self.flow)
        optional = {"HumanLoopName": self.name, "ContentType": content_type}
        said = self.here.service.own.review_object(
            FlowDefinitionArn=arn,
            EndpointName=self.endpoint,
            InputUri=given.uri,
            **{name: value for name, value in optional.items() if value},
        )
        return Review(
            self.here,
            last_part(arn),
            said["Decision"],
            last_part(said["HumanLoopArn"]) if said.get("HumanLoopArn") else None,
            tuple(said["HumanLoopActivationReasons"]),
            _parsed(said["Prediction"]),
            given.uri,
        )

    def of_body(self, given: Input) -> Review:
        arn = self.here.flow_arn(self.flow)
        config = {"FlowDefinitionArn": arn, **({"HumanLoopName": self.name} if self.name else {})}
        said = self.here.service.client("sagemaker-runtime").invoke_endpoint(
            EndpointName=self.endpoint,
            Body=given.body,
            ContentType=given.content_type,
            Accept="application/json",
            CustomAttributes=_attributes({"HumanLoopConfig": config}),
        )
        body = said["Body"].read().decode(errors="replace")
        output = _output(said.get("CustomAttributes"), self.endpoint)
        loop = output.get("HumanLoopArn")
        return Review(
            self.here,
            last_part(arn),
            output["Decision"],
            last_part(loop) if loop else None,
            tuple(output.get("HumanLoopActivationReasons", ())),
            _parsed(body),
            body=given.body,
        )


def _attributes(document: Mapping[str, Any]) -> str:
    text = json.dumps(document, separators=(",", ":"))
    if len(text) > MOST_ATTRIBUTES:
        raise SecondlookError(
            f"Flow definition and loop have too long names: CustomAttributes would have {len(text)} characters, "
            f"and at most {MOST_ATTRIBUTES} are taken."
        )
    return text


def _output(attributes: str | None, endpoint: str) -> dict[str, Any]:
    try:
        output = json.loads(attributes or "")["HumanLoopActivationOutput"]
    except (ValueError, KeyError, TypeError):
        output = None
    if not isinstance(output, dict) or "Decision" not in output:
        raise SecondlookError(
            f"The endpoint {endpoint} answered, but not what came of the conditions: is the server older than this package?"
        )
    return output


def _parsed(text: str) -> Any:
    """What a model said: JSON where it is that, else the text."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return text
