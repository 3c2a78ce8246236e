"""The two real products, in their own processes, on photographs and on a page of text."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from secondlook.hosting.catalog import Catalog
from secondlook.hosting.contract import PAGE
from secondlook.hosting.errors import NotPrepared
from secondlook.hosting.files.artifacts import fetch
from secondlook.hosting.instances.kinds.local.process import Launch, runtime_command
from secondlook.hosting.instances.kinds.local.supervised import LocalInstance
from secondlook.hosting.logs.log import Log
from secondlook.outbound import Outbound
from tests.mirror import MIRROR
from tests.pdfs import pdf

from .conftest import invoke

for needed in ("numpy", "onnxruntime", "PIL", "pypdfium2", "rapidocr"):
    pytest.importorskip(needed, reason="the extra secondlook[models] is not installed")

from PIL import Image, ImageDraw, ImageFont  # noqa: E402

CATALOG = Catalog()


def started(product_id: str, model_dir: Path, tmp_path: Path, **environment: str) -> LocalInstance:
    product = CATALOG.by_id(product_id)
    log = Log(tmp_path / f"{product_id}.log")
    launch = Launch(runtime_command(product.runtime), {**product.environment, **environment}, model_dir)
    process = LocalInstance(lambda: launch, log)
    process.start()
    process.ready()
    return process


@pytest.fixture(scope="module")
def detector(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalInstance]:
    home = tmp_path_factory.mktemp("detector")
    artifact = CATALOG.by_id("fastestdet-coco").artifact
    try:
        model = fetch(artifact, home, MIRROR, Outbound())
    except NotPrepared as reason:
        pytest.skip(f"no detector to test: {reason}")
    process = started("fastestdet-coco", model.parent, home)
    yield process
    process.stop()


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalInstance]:
    home = tmp_path_factory.mktemp("reader")
    process = started("ppocr-text", home, home)
    yield process
    process.stop()


def page(*lines: str) -> bytes:
    paper = Image.new("RGB", (800, 120 * len(lines) + 60), "white")
    pen = ImageDraw.Draw(paper)
    for number, line in enumerate(lines):
        pen.text((60, 40 + 120 * number), line, font=ImageFont.load_default(56), fill="black")
    file = io.BytesIO()
    paper.save(file, "PNG")
    return file.getvalue()


EXPECTED = {
    "dog-bicycle-car.jpg": [
        ("dog", 0.774, 121, 198, 335, 538),
        ("car", 0.768, 455, 74, 706, 170),
        ("bicycle", 0.751, 117, 134, 597, 451),
        ("car", 0.578, 55, 81, 109, 129),
    ],
    "baseball.jpg": [
        ("person", 0.905, 40, 62, 178, 294),
        ("person", 0.894, 288, 142, 482, 296),
        ("person", 0.799, 157, 136, 256, 264),
        ("person", 0.786, 229, 138, 324, 276),
        ("sports ball", 0.516, 271, 250, 295, 285),
    ],
    "bus.jpg": [
        ("person", 0.882, 213, 405, 334, 868),
        ("person", 0.881, 44, 379, 216, 898),
        ("bus", 0.791, 22, 167, 810, 797),
        ("person", 0.621, 0, 573, 63, 842),
        ("skateboard", 0.593, 34, 854, 257, 918),
    ],
}
"""What an independent implementation answered at a score of 0.5 and more: label, score, left, top, right, bottom."""


@pytest.mark.parametrize("photograph", EXPECTED)
def test_the_detector_finds_what_an_independent_implementation_found(
    detector: LocalInstance, photograph: str
) -> None:
    file = _photographs() / photograph
    if not file.is_file():
        pytest.skip(f"{photograph} is not beside the mirror's models")

    status, body = invoke(detector, file.read_bytes(), Content_Type="image/jpeg", Accept="json")

    assert status == 200
    boxes = [box for box in json.loads(body) if box["score"] >= 0.5]
    for (label, score, *corners), box in zip(EXPECTED[photograph], boxes, strict=True):
        assert box["id"] == label
        assert box["score"] == pytest.approx(score, abs=0.05)
        assert [box[side] for side in ("left", "top", "right", "bottom")] == pytest.approx(corners, abs=12)


def _photographs() -> Path:
    return MIRROR.parent / "images" if MIRROR else Path("no-mirror")


def test_the_detector_answers_nothing_below_its_floor(detector: LocalInstance) -> None:
    status, body = invoke(detector, page("nothing to see"), Content_Type="image/png")

    assert status == 200
    assert all(box["score"] >= 0.25 for box in json.loads(body))


def test_the_detector_refuses_what_is_no_picture(detector: LocalInstance) -> None:
    status, body = invoke(detector, b"not a picture", Content_Type="image/jpeg")

    assert status == 400
    assert b"13 bytes, image/jpeg, beginning with b'not a picture'" in body


def test_the_detector_refuses_another_content_type(detector: LocalInstance) -> None:
    assert invoke(detector, b"{}", Content_Type="application/json")[0] == 415


def test_the_reader_reads_lines_where_they_stand(reader: LocalInstance) -> None:
    status, body = invoke(reader, page("Invoice 2026", "Total 118.40"), Content_Type="image/png")

    assert status == 200
    first, second = sorted(json.loads(body), key=lambda box: box["top"])
    assert [first["id"], second["id"]] == ["Invoice 2026", "Total 118.40"]
    assert first["score"] > 0.9
    assert [first["left"], first["top"]] == pytest.approx([60, 40], abs=25)
    assert all(type(first[side]) is int for side in ("left", "top", "right", "bottom"))


def test_the_reader_tells_pages_with_their_words_and_corners(reader: LocalInstance) -> None:
    status, body = invoke(reader, page("Invoice 2026"), Content_Type="image/png", Accept=PAGE)

    assert status == 200
    found = json.loads(body)
    assert (found["width"], found["height"]) == (800, 180)
    (line,) = found["lines"]
    assert line["text"] == "Invoice 2026"
    assert [word["text"] for word in line["words"]] == ["Invoice", "2026"]
    (first, second), ends = line["words"], line["polygon"][1]
    assert first["polygon"][1][0] < second["polygon"][0][0] < second["polygon"][1][0] <= ends[0] + 5
    assert all(0.5 < word["score"] <= 1 for word in line["words"])


def test_the_reader_reads_a_pdf_of_one_page(reader: LocalInstance) -> None:
    status, body = invoke(
        reader, pdf(["BT /F1 24 Tf 40 780 Td (Invoice 2026) Tj ET"]), Content_Type="application/pdf"
    )

    assert status == 200
    assert [line["id"] for line in json.loads(body)] == ["Invoice 2026"]


def test_no_page_of_a_document_is_lost_in_silence(reader: LocalInstance) -> None:
    pages = [Image.open(io.BytesIO(page(text))) for text in ("one", "two")]
    file = io.BytesIO()
    pages[0].save(file, "TIFF", save_all=True, append_images=pages[1:])

    status, body = invoke(reader, file.getvalue(), Content_Type="image/tiff", Accept=PAGE)

    assert status == 415
    assert b"The TIFF has 2 pages" in body


def test_the_reader_finds_nothing_on_an_empty_page(reader: LocalInstance) -> None:
    assert invoke(reader, page(""), Content_Type="image/png") == (200, b"[]")
    status, body = invoke(reader, page(""), Content_Type="image/png", Accept=PAGE)
    assert (status, json.loads(body)["lines"]) == (200, [])
