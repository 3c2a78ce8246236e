"""What DetectModerationLabels answers of a classifier's scores. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from secondlook.together.moderation.taxonomy import Taxonomy

LEAST_CONFIDENCE = 50.0
"""Of a label that is told, unless the caller says otherwise; Rekognition's own."""


def detect_moderation_labels(
    scores: Iterable[tuple[str, float]], taxonomy: Taxonomy, least: float = LEAST_CONFIDENCE
) -> dict[str, Any]:
    """`scores` are labels of the model with what it gives them, 0 to 1. A label found brings those above it, as sure at least."""
    confidences: dict[str, float] = {}
    for label, score in scores:
        if label in taxonomy.names:
            name = taxonomy.names[label]
            for found in (name, *taxonomy.above(name)):
                confidences[found] = max(confidences.get(found, 0.0), min(max(score, 0.0), 1.0) * 100)
    told = [name for name, confidence in confidences.items() if confidence >= least]
    told.sort(key=lambda name: (-confidences[name], taxonomy.level(name), name))
    labels = [
        {
            "Confidence": round(confidences[name], 4),
            "Name": name,
            "ParentName": taxonomy.parents.get(name, ""),
            "TaxonomyLevel": taxonomy.level(name),
        }
        for name in told
    ]
    return {"ModerationLabels": labels, "ModerationModelVersion": taxonomy.version, "ContentTypes": []}
