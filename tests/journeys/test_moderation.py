"""Rekognition's DetectModerationLabels by plain boto3, with a classifier of an installation's own behind it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from tests.products import put_product
from tests.running import Server
from tests.town import Town

from .client_errors import refused

pytest.importorskip("PIL", reason="the extra secondlook[models] is not installed")

from tests.moderation import CLASSIFIER, LABELS, picture


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    data = tmp_path_factory.mktemp("moderation") / "data"
    put_product(data, "colours", CLASSIFIER, "image/png")
    file = data.parent / "labels.json"
    file.write_text(json.dumps(LABELS))
    settings = {
        "moderation_endpoint": "moderator",
        "moderation_labels": str(file),
        "textract_endpoint": "nobody",
    }
    with Server(data, settings) as server:
        town = Town(server.start())
        town.deploy("moderator", town.subscribe("colours"))
        yield town


@pytest.fixture(scope="module")
def rekognition(town: Town) -> Any:
    return town.server.client("rekognition")


def found(answer: dict[str, Any]) -> list[tuple[str, str, int, float]]:
    return [
        (label["Name"], label["ParentName"], label["TaxonomyLevel"], round(label["Confidence"]))
        for label in answer["ModerationLabels"]
    ]


def test_labels_come_with_those_above_them_the_surest_first(rekognition: Any) -> None:
    answer = rekognition.detect_moderation_labels(Image={"Bytes": picture(0.8, 0.6, 1)})

    assert found(answer) == [
        ("Violence", "", 1, 80),
        ("Graphic Violence", "Violence", 2, 80),
        ("Weapons", "Violence", 2, 60),
    ]
    assert answer["ModerationModelVersion"] == "1.2"


@pytest.mark.parametrize(
    ("least", "names"),
    [
        (None, {"Violence", "Weapons"}),
        (0, {"Violence", "Weapons", "Graphic Violence"}),
        (70, set()),
    ],
)
def test_labels_below_the_least_confidence_are_not_told(
    rekognition: Any, least: float | None, names: set[str]
) -> None:
    asked = {} if least is None else {"MinConfidence": least}
    answer = rekognition.detect_moderation_labels(Image={"Bytes": picture(0.3, 0.6, 0)}, **asked)

    assert names == {name for name, _, _, _ in found(answer)}


def test_a_picture_of_a_bucket_is_classified_as_its_bytes_are(town: Town, rekognition: Any) -> None:
    body = picture(0.9, 0, 0, "JPEG")
    s3 = town.server.client("s3")
    s3.create_bucket(Bucket="moderated")
    s3.put_object(Bucket="moderated", Key="a.jpg", Body=body)

    place = {"S3Object": {"Bucket": "moderated", "Name": "a.jpg"}}
    by_place = rekognition.detect_moderation_labels(Image=place)
    by_bytes = rekognition.detect_moderation_labels(Image={"Bytes": body})

    assert found(by_place) == found(by_bytes) != []


@pytest.mark.parametrize(
    ("asked", "code", "message"),
    [
        ({"Image": {"Bytes": b"%PDF-1.7"}}, "InvalidImageFormatException", "send image/jpeg, image/png"),
        (
            {
                "Image": {"Bytes": picture(1, 0, 0)},
                "ProjectVersion": "arn:aws:rekognition:us-east-1:123456789012:project/p/version/v/1",
            },
            "InvalidParameterException",
            "ProjectVersion is not served",
        ),
        ({"Image": {}}, "InvalidParameterException", "Image must have Bytes or S3Object"),
        (
            {"Image": {"S3Object": {"Bucket": "moderated-not", "Name": "a"}}},
            "InvalidS3ObjectException",
            "The specified bucket does not exist",
        ),
        (
            {"Image": {"Bytes": picture(1, 0, 0)}, "MinConfidence": 101},
            "InvalidParameterException",
            "less than or equal to 100",
        ),
        (
            {"Image": {"Bytes": picture(0, 0, 1)}},
            "InvalidParameterException",
            "--moderation-endpoint moderator does not answer as a classifier",
        ),
        (
            {"Image": {"Bytes": picture(1, 0, 1)}},
            "InvalidParameterException",
            "--moderation-endpoint moderator does not answer as a classifier: maximum recursion depth",
        ),
    ],
    ids=["PDF", "adapter", "nothing", "no bucket", "over 100 %", "no scores", "endless lists"],
)
def test_what_cannot_be_answered_is_refused_in_rekognitions_words(
    rekognition: Any, asked: dict[str, Any], code: str, message: str
) -> None:
    refused(code, message, rekognition.detect_moderation_labels, **asked)


def test_a_picture_that_is_too_large_is_refused_by_its_size(town: Town, rekognition: Any) -> None:
    s3 = town.server.client("s3")
    s3.create_bucket(Bucket="large-pictures")
    s3.put_object(Bucket="large-pictures", Key="a", Body=b"\xff\xd8\xff" + bytes(5 * 1024 * 1024))

    refused(
        "ImageTooLargeException",
        "5,242,883 bytes",
        rekognition.detect_moderation_labels,
        Image={"S3Object": {"Bucket": "large-pictures", "Name": "a"}},
    )


def test_without_an_endpoint_the_error_names_the_setting(server: Server) -> None:
    refused(
        "InvalidParameterException",
        "start the server with --moderation-endpoint NAME",
        server.client("rekognition").detect_moderation_labels,
        Image={"Bytes": picture(1, 0, 0)},
    )


def test_an_endpoint_that_is_named_and_not_there_is_told(town: Town) -> None:
    refused(
        "InvalidParameterException",
        "--textract-endpoint nobody cannot be called: ",
        town.server.client("textract").detect_document_text,
        Document={"Bytes": picture(1, 1, 1)},
    )
