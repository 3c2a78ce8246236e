from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from secondlook.hosting.catalog import Artifact
from secondlook.hosting.errors import NotPrepared
from secondlook.hosting.files.artifacts import fetch
from secondlook.outbound import Outbound

from .conftest import Publisher

BODY = b"a model of twenty-four b"
HASH = hashlib.sha256(BODY).hexdigest()
OUT = Outbound(["127.0.0.0/8"])


def artifact(publisher: Publisher, path: str = "/models/v1/net.onnx") -> Artifact:
    return Artifact(publisher.url + path, HASH, len(BODY))


def test_it_is_downloaded_once_and_kept_under_its_hash(publisher: Publisher, tmp_path: Path) -> None:
    publisher.files["/models/v1/net.onnx"] = BODY

    first = fetch(artifact(publisher), tmp_path, None, OUT)
    second = fetch(artifact(publisher), tmp_path, None, OUT)

    assert first == second == tmp_path / HASH / "net.onnx"
    assert first.read_bytes() == BODY
    assert publisher.paths == ["/models/v1/net.onnx"]


@pytest.mark.parametrize(
    "place", [HASH, "models/v1/net.onnx", "v1/net.onnx", "net.onnx", "elsewhere/renamed.bin"]
)
def test_the_mirror_is_searched_by_hash_and_by_path_before_the_network(
    publisher: Publisher, tmp_path: Path, place: str
) -> None:
    mirrored = tmp_path / "mirror" / place
    mirrored.parent.mkdir(parents=True)
    mirrored.write_bytes(BODY)

    assert fetch(artifact(publisher), tmp_path / "cache", tmp_path / "mirror", OUT).read_bytes() == BODY
    assert publisher.paths == []


def test_a_wrong_file_in_the_mirror_is_passed_over(publisher: Publisher, tmp_path: Path) -> None:
    publisher.files["/models/v1/net.onnx"] = BODY
    (tmp_path / "mirror").mkdir()
    (tmp_path / "mirror" / "net.onnx").write_bytes(BODY[::-1])

    assert fetch(artifact(publisher), tmp_path / "cache", tmp_path / "mirror", OUT).read_bytes() == BODY


def test_a_wrong_hash_is_refused_with_both_hashes_and_nothing_is_kept(
    publisher: Publisher, tmp_path: Path
) -> None:
    publisher.files["/models/v1/net.onnx"] = wrong = BODY[::-1]

    with pytest.raises(NotPrepared) as error:
        fetch(artifact(publisher), tmp_path, None, OUT)

    assert publisher.url in str(error.value)
    assert HASH in str(error.value)
    assert hashlib.sha256(wrong).hexdigest() in str(error.value)
    assert not [file for file in tmp_path.rglob("*") if file.is_file()]


@pytest.mark.parametrize(
    ("path", "body", "why"),
    [
        ("/cut/net.onnx", BODY[:10], "10 bytes read, 7 more expected"),
        ("/gone/net.onnx", None, "answered with status 404"),
        ("/large/net.onnx", BODY + b"!", "sent more than the 24 bytes allowed"),
        ("/hang", None, "did not answer fully within 0.30048 seconds"),
    ],
)
def test_a_bad_download_says_why_and_what_to_do(
    publisher: Publisher,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    path: str,
    body: bytes | None,
    why: str,
) -> None:
    if body is not None:
        publisher.files[path] = body

    with pytest.raises(NotPrepared) as error:
        fetch(artifact(publisher, path), tmp_path, None, OUT, patience=0.3)

    assert publisher.url + path in str(error.value)
    assert why in str(error.value)
    assert "no mirror is set" in str(error.value)
    assert "set SECONDLOOK_MIRROR" in str(error.value)
    assert not [file for file in tmp_path.rglob("*") if file.is_file()]


def test_an_address_that_may_not_be_reached_is_refused(publisher: Publisher, tmp_path: Path) -> None:
    with pytest.raises(NotPrepared, match="--allow-outbound"):
        fetch(artifact(publisher), tmp_path, None, Outbound())

    assert publisher.paths == []
