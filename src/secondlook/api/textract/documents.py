"""AnalyzeDocument and DetectDocumentText: the endpoint of `--textract-endpoint` reads, `together.documents` tells."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from anyio import to_thread

from secondlook.api.built_in_review import review_of
from secondlook.api.call import Call
from secondlook.api.model_calls import endpoint, prediction
from secondlook.api.pictures import Picture, Rules, invalid, picture
from secondlook.hosting.contract import MAX_PAYLOAD, PAGE
from secondlook.hosting.invocation.invoke import Invocation
from secondlook.picture_size import stored_size
from secondlook.together.built_in.input_content import ANALYZE_DOCUMENT
from secondlook.together.documents import blocks
from secondlook.together.documents.page import Page, page_of
from secondlook.together.human_loop_config import MEMBER

SETTING = "textract_endpoint"

RULES = Rules(
    media_types=("image/jpeg", "image/png", "image/tiff", "application/pdf"),
    called="document",
    most_bytes=MAX_PAYLOAD,
    too_large="DocumentTooLargeException",
    unsupported="UnsupportedDocumentException",
    bad="BadDocumentException",
)

FEATURES = ("FORMS", "TABLES")

_NOT_SERVED = ("QueriesConfig", "AdaptersConfig")


async def analyze_document(call: Call) -> dict[str, Any]:
    """Key-value pairs, boxes to tick and tables of one page, by how its lines of text stand; with HumanLoopConfig people look again."""
    features = _features(call)
    review = await review_of(call, ANALYZE_DOCUMENT)
    reader = endpoint(call, SETTING)
    document = await picture(call, "Document", RULES)
    if review and document.media_type == "image/tiff":
        raise invalid(f"{MEMBER}: browsers show no TIFF to reviewers; send the page as JPEG, PNG or PDF.")
    invocation, page = await _read(call, document)
    answer = await to_thread.run_sync(blocks.analyze_document, page, _digest(document), features)
    if review:
        answer["HumanLoopActivationOutput"] = await review.output(document, answer, reader, invocation)
    return answer


async def detect_document_text(call: Call) -> dict[str, Any]:
    """Lines and words of one page."""
    endpoint(call, SETTING)
    document = await picture(call, "Document", RULES)
    _, page = await _read(call, document)
    return await to_thread.run_sync(blocks.detect_document_text, page, _digest(document))


def _features(call: Call) -> list[str]:
    features: list[str] = call.params["FeatureTypes"]
    for feature in features:
        if feature not in FEATURES:
            raise invalid(f"FeatureTypes: {feature} is not served; there are {' and '.join(FEATURES)}.")
    if not features:
        raise invalid(f"FeatureTypes must have one of {', '.join(FEATURES)} at least.")
    for member in _NOT_SERVED:
        if member in call.params:
            raise invalid(f"{member} is not served: no model here answers questions or takes adapters.")
    if MEMBER in call.params and "FORMS" not in features:
        raise invalid(f"{MEMBER} needs FORMS among FeatureTypes: people review key-value pairs.")
    return features


async def _read(call: Call, document: Picture) -> tuple[Invocation, Page]:
    invocation = await prediction(call, SETTING, document, f"{PAGE}, application/json", RULES)
    try:
        return invocation, await to_thread.run_sync(_page, invocation.body, document)
    except (ValueError, RecursionError) as error:  # NotRead is one of them; json says both
        raise invalid(
            f"--textract-endpoint {endpoint(call, SETTING)} does not answer as a text reader: {error}."
        ) from error


def _page(answer: bytes, document: Picture) -> Page:
    return page_of(json.loads(answer), stored_size(document.body))


def _digest(document: Picture) -> str:
    return hashlib.sha256(document.body).hexdigest()
