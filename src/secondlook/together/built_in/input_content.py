"""The InputContent of a loop of a built-in task type. Pure [activation-conditions.md, output-data.md]."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from secondlook.review.decisions.conditions import Evaluation
from secondlook.together.built_in.camel_case import in_camel_case

ANALYZE_DOCUMENT = "AWS/Textract/AnalyzeDocument/Forms/V1"
MODERATION = "AWS/Rekognition/DetectModerationLabels/Image/V3"


def input_content(
    request: Mapping[str, Any], response: Mapping[str, Any], evaluation: Evaluation, uri: str
) -> dict[str, Any]:
    """What the default templates read. `request` is the caller's, without the bytes; its `Document` or `Image` is now at `uri`.

    The tree of conditions keeps its capitals, all else is in camel case.
    """
    bucket, _, name = uri.removeprefix("s3://").partition("/")
    picture = next(member for member in ("Document", "Image") if member in request)
    asked = {**request, picture: {"S3Object": {"Bucket": bucket, "Name": name}}}
    selected = in_camel_case(evaluation.selected)
    _spell_out(selected, response)
    return {
        "aiServiceRequest": in_camel_case(asked),
        "aiServiceResponse": in_camel_case(dict(response)),
        "humanLoopContext": {"importantFormKeys": evaluation.important_form_keys},
        "humanTaskActivationConditionResults": evaluation.results,
        "selectedAiServiceResponse": selected,
    }


def _spell_out(selected: Any, response: Mapping[str, Any]) -> None:
    """Give each key and value its text, since the blocks of its words may not be among the selected ones."""
    if not isinstance(selected, dict):
        return
    by_id = {block["Id"]: block for block in response.get("Blocks", [])}
    for block in selected.get("blocks", []):
        if block["blockType"] == "KEY_VALUE_SET":
            words = [
                by_id[name]
                for relationship in block.get("relationships", [])
                if relationship["type"] == "CHILD"
                for name in relationship["ids"]
            ]
            block["text"] = " ".join(word.get("Text") or word.get("SelectionStatus", "") for word in words)
