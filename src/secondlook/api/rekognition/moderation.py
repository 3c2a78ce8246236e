"""DetectModerationLabels: the endpoint of `--moderation-endpoint` classifies, the file of `--moderation-labels` says what that means."""

from __future__ import annotations

import json
from typing import Any

from anyio import to_thread

from secondlook.api.built_in_review import review_of
from secondlook.api.call import Call
from secondlook.api.model_calls import endpoint, prediction
from secondlook.api.pictures import Rules, invalid, picture
from secondlook.together.built_in.input_content import MODERATION
from secondlook.together.moderation.labels import LEAST_CONFIDENCE
from secondlook.together.moderation.labels import detect_moderation_labels as told
from secondlook.together.moderation.scores import scores
from secondlook.together.moderation.taxonomy import Taxonomy

SETTING = "moderation_endpoint"

RULES = Rules(
    media_types=("image/jpeg", "image/png"),
    called="image",
    most_bytes=5 * 1024 * 1024,
    too_large="ImageTooLargeException",
    unsupported="InvalidImageFormatException",
    bad="InvalidImageFormatException",
)


async def detect_moderation_labels(call: Call) -> dict[str, Any]:
    """Labels of what people may not want to see, and those above them; with HumanLoopConfig people look again."""
    if "ProjectVersion" in call.params:
        raise invalid("ProjectVersion is not served: no adapters are trained here.")
    review = await review_of(call, MODERATION)
    classifier = endpoint(call, SETTING)
    image = await picture(call, "Image", RULES)
    invocation = await prediction(call, SETTING, image, "application/json", RULES)
    try:
        found = await to_thread.run_sync(lambda: scores(json.loads(invocation.body)))
    except (ValueError, RecursionError) as error:  # NotScores is one of them; json says both
        raise invalid(
            f"--moderation-endpoint {classifier} does not answer as a classifier: {error}."
        ) from error
    answer = told(found, _taxonomy(call), call.params.get("MinConfidence", LEAST_CONFIDENCE))
    if review:
        answer["HumanLoopActivationOutput"] = await review.output(image, answer, classifier, invocation)
    return answer


def _taxonomy(call: Call) -> Taxonomy:
    taxonomy = call.services.taxonomy
    assert taxonomy is not None  # a server with the endpoint has the labels
    return taxonomy
