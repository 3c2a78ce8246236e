"""What a prediction is about: told apart by its bytes, or by the object that it is."""

from __future__ import annotations

import pytest

from secondlook.together.predict_and_review import loop_name
from secondlook.together.subject import Subject

JPEG = b"\xff\xd8\xff\xe0 and so on"


@pytest.mark.parametrize(
    ("body", "declared", "shown", "suffix"),
    [
        (JPEG, "", "image/jpeg", ".jpg"),
        (JPEG, "application/x-image", "image/jpeg", ".jpg"),
        (JPEG, "application/octet-stream", "image/jpeg", ".jpg"),
        (JPEG, "image/pjpeg", "image/pjpeg", ".jpg"),
        (b"RIFF\0\0\0\0WEBPVP8 ", "", "image/webp", ".webp"),
        (b"RIFF\0\0\0\0AVI ", "", "application/octet-stream", ""),
        (b"%PDF-1.7", "Application/Octet-Stream; a=b", "application/pdf", ".pdf"),
        (b'{"a": 1}', "application/json", "application/json", ""),
        (b"", "", "application/octet-stream", ""),
    ],
)
def test_a_body_is_shown_as_what_it_is(body: bytes, declared: str, shown: str, suffix: str) -> None:
    subject = Subject.of(body, declared)

    assert (subject.content_type, subject.suffix) == (shown, suffix)


def test_the_same_bytes_are_the_same_subject_and_two_objects_are_two() -> None:
    sent, again = Subject.of(JPEG, "image/jpeg"), Subject.of(JPEG, "", "s3://b/k")
    here, there, newer = (
        Subject.of(JPEG, "image/jpeg", uri, etag)
        for uri, etag in (("s3://b/1", "e"), ("s3://b/2", "e"), ("s3://b/1", "f"))
    )

    assert sent.name == again.name
    assert len({sent.name, here.name, there.name, newer.name}) == 4
    assert {each.sha256 for each in (sent, here, there, newer)} == {sent.sha256}


@pytest.mark.parametrize(
    "flow", ["f", "a-flow-definition-with-the-longest-name-that-there-can-be-for-aws", "a" * 21 + "--b"]
)
def test_a_name_that_follows_from_the_input_is_one_that_aws_would_take(flow: str) -> None:
    name = loop_name(flow, Subject.of(JPEG, ""))

    assert len(name) <= 63
    assert name.startswith(flow[:10])
    assert "--" not in name[20:24]
    assert name != loop_name(flow, Subject.of(JPEG + b"!", "")) != loop_name(flow + "x", Subject.of(JPEG, ""))
