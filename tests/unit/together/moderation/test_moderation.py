"""From a classifier's answer to moderation labels, and the file that says what its labels mean."""

from __future__ import annotations

import json
from typing import Any

import pytest

from secondlook.together.moderation.labels import detect_moderation_labels
from secondlook.together.moderation.scores import NotScores, scores
from secondlook.together.moderation.taxonomy import Taxonomy, Unusable

LABELS = {
    "gore": {"Name": "Gore", "ParentName": "Graphic Violence"},
    "fight": {"Name": "Graphic Violence", "ParentName": "Violence"},
    "nsfw": {"Name": "Explicit"},
}
TAXONOMY = Taxonomy.read(json.dumps({"ModerationModelVersion": "7", "Labels": LABELS}))


@pytest.mark.parametrize(
    ("answer", "read"),
    [
        ([{"label": "gore", "score": 0.5}, {"label": "nsfw", "score": 1}], [("gore", 0.5), ("nsfw", 1.0)]),
        ([{"id": "gore", "score": 0.5, "left": 1}], [("gore", 0.5)]),
        ([[{"label": "gore", "score": 0.5}]], [("gore", 0.5)]),
        ({"predictions": [{"label": "gore", "score": 0.5}]}, [("gore", 0.5)]),
        ({"gore": 0.5, "nsfw": 0.25}, [("gore", 0.5), ("nsfw", 0.25)]),
        ({"labels": ["gore", "nsfw"], "scores": [0.5, 1]}, [("gore", 0.5), ("nsfw", 1.0)]),
        ({"label": "gore", "confidence": 0.5}, [("gore", 0.5)]),
        ({}, []),
        ([], []),
    ],
)
def test_labels_and_scores_are_read_as_classifiers_write_them(answer: Any, read: Any) -> None:
    assert read == scores(answer)


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        ("gore", "no list of labels"),
        (None, "no list of labels"),
        ({"a": "b"}, "item 1 has no label"),
        ([1], "item 1 has no label"),
        ([{"label": "gore", "score": 1}, {"score": 1}], "item 2 has no label"),
        ([{"label": "gore", "score": "high"}], "item 1 has no score"),
        ([{"label": "gore", "score": float("nan")}], "item 1 has no score"),
    ],
)
def test_what_is_no_list_of_scores_is_refused_with_the_place(answer: Any, message: str) -> None:
    with pytest.raises(NotScores) as error:
        scores(answer)

    assert message in str(error.value)


def told(*found: tuple[str, float], least: float = 50) -> list[tuple[str, float]]:
    answer = detect_moderation_labels(found, TAXONOMY, least)
    return [(label["Name"], label["Confidence"]) for label in answer["ModerationLabels"]]


def test_a_label_brings_all_that_are_above_it_as_sure_as_the_surest_below() -> None:
    assert told(("gore", 0.9), ("fight", 0.6)) == [("Violence", 90), ("Graphic Violence", 90), ("Gore", 90)]
    assert told(("gore", 0.6), ("fight", 0.9)) == [("Violence", 90), ("Graphic Violence", 90), ("Gore", 60)]


def test_levels_and_parents_are_those_of_the_taxonomy() -> None:
    labels = detect_moderation_labels([("gore", 1), ("nsfw", 1)], TAXONOMY)["ModerationLabels"]

    assert {label["Name"]: (label["ParentName"], label["TaxonomyLevel"]) for label in labels} == {
        "Gore": ("Graphic Violence", 3),
        "Graphic Violence": ("Violence", 2),
        "Violence": ("", 1),
        "Explicit": ("", 1),
    }


def test_labels_that_are_none_of_moderation_are_not_told() -> None:
    assert told(("neutral", 1.0), ("nsfw", 0.49)) == []


def test_a_confidence_is_between_0_and_100() -> None:
    assert told(("nsfw", 7)) == [("Explicit", 100)]
    assert told(("nsfw", -1), least=0) == [("Explicit", 0)]


@pytest.mark.parametrize(
    ("document", "message"),
    [
        ("no json", "is no JSON"),
        ([], "$ must be an object"),
        ({}, "$.Labels must be an object"),
        ({"Labels": {}}, "$.Labels must have a label"),
        ({"Labels": {"a": "Violence"}}, "$.Labels.a must be an object"),
        ({"Labels": {"a": {}}}, "$.Labels.a.Name must be a text"),
        ({"Labels": {"a": {"Name": ""}}}, "$.Labels.a.Name must be a text"),
        ({"Labels": {"a": {"Name": "A", "ParentName": 1}}}, "$.Labels.a.ParentName must be a text"),
        ({"Labels": {"a": {"Name": "A", "Parent": "B"}}}, "$.Labels.a.Parent is not known"),
        ({"Labels": {"a": {"Name": "A", "ParentName": "A"}}}, "A is above itself"),
        (
            {"Labels": {"a": {"Name": "A", "ParentName": "B"}, "b": {"Name": "B", "ParentName": "A"}}},
            "is above itself",
        ),
        (
            {"Labels": {"a": {"Name": "A", "ParentName": "B"}, "b": {"Name": "A", "ParentName": "C"}}},
            "A has two parents, 'B' and 'C'",
        ),
        (
            {"Labels": {"a": {"Name": "A"}}, "ModerationModelVersion": 7},
            "$.ModerationModelVersion must be a text",
        ),
    ],
)
def test_a_file_of_labels_that_cannot_be_used_is_refused_with_the_place(document: Any, message: str) -> None:
    text = document if isinstance(document, str) else json.dumps(document)
    with pytest.raises(Unusable) as error:
        Taxonomy.read(text)

    assert message in str(error.value)
