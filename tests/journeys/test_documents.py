"""Textract by plain boto3: scanned pages, read by the real text reader behind an endpoint."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import Any

import pytest

from tests.pdfs import pdf
from tests.running import Server
from tests.town import Town

from .client_errors import refused

for needed in ("numpy", "onnxruntime", "PIL", "pypdfium2", "rapidocr"):
    pytest.importorskip(needed, reason="the extra secondlook[models] is not installed")

from PIL import Image  # noqa: E402

from tests.scans import FIELDS, INVOICED, TABLE, Paper, Scanner, form, invoice, register, saved  # noqa: E402

EVERYTHING = ["FORMS", "TABLES"]
PAGE = Scanner().scan(form())

SCANNERS = {
    "straight": Scanner(),
    "leaning to the left": Scanner(skew=2.5, noise=12, blur=0.8, quality=60),
    "leaning to the right, grainy": Scanner(skew=-4, noise=18, blur=1.0, quality=50),
}


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    data = tmp_path_factory.mktemp("documents") / "data"
    with Server(data, {"textract_endpoint": "reader"}) as server:
        town = Town(server.start())
        town.deploy("reader", town.subscribe("ppocr-text"))
        yield town


@pytest.fixture(scope="module")
def textract(town: Town) -> Any:
    return town.server.client("textract")


def text_of(blocks: list[dict[str, Any]], block: dict[str, Any]) -> str:
    """As consumers of Textract gather it: words, and a box to tick as what it is."""
    by_id = {other["Id"]: other for other in blocks}
    parts = [by_id[id_] for relation in children(block, "CHILD") for id_ in relation]
    return " ".join(part.get("Text") or part.get("SelectionStatus", "") for part in parts)


def children(block: dict[str, Any], kind: str) -> list[list[str]]:
    return [relation["Ids"] for relation in block.get("Relationships", []) if relation["Type"] == kind]


def pairs(blocks: list[dict[str, Any]]) -> dict[str, tuple[str, float]]:
    """Key → value and confidence."""
    by_id = {block["Id"]: block for block in blocks}
    return {
        text_of(blocks, key): (text_of(blocks, by_id[value]), key["Confidence"])
        for key in blocks
        if key.get("EntityTypes") == ["KEY"]
        for ids in children(key, "VALUE")
        for value in ids
    }


def grid(blocks: list[dict[str, Any]]) -> list[list[str]]:
    cells = {
        (block["RowIndex"], block["ColumnIndex"]): block for block in blocks if block["BlockType"] == "CELL"
    }
    rows, columns = (max(place[axis] for place in cells) for axis in (0, 1))
    return [
        [text_of(blocks, cells[row, column]) for column in range(1, columns + 1)]
        for row in range(1, rows + 1)
    ]


@pytest.mark.parametrize("scanner", SCANNERS.values(), ids=SCANNERS.keys())
def test_a_scanned_form_is_read_with_its_pairs_and_its_table(textract: Any, scanner: Scanner) -> None:
    answer = textract.analyze_document(Document={"Bytes": scanner.scan(form())}, FeatureTypes=EVERYTHING)

    found = pairs(answer["Blocks"])
    read = {key: value.replace(" ", "") for key, (value, _) in found.items()}
    expected = {
        **FIELDS,
        "Reference:": "LC-2026-0042",
        "Adult": "SELECTED",
        "Child": "NOT_SELECTED",
        "Employer": "Northern Lights plc",
        "Job title": "Assistant",
    }
    assert read == {key: value.replace(" ", "") for key, value in expected.items()}
    assert [list(row) for row in TABLE] == grid(answer["Blocks"])
    assert answer["DocumentMetadata"] == {"Pages": 1}
    assert "HumanLoopActivationOutput" not in answer


def spaceless(pairs: dict[str, str]) -> dict[str, str]:
    return {key.replace(" ", ""): value.replace(" ", "") for key, value in pairs.items()}


INVOICE = {
    "Invoice no.:": "2026-0117",
    "Date:": "27 November 2026",
    "Customer:": "20442",
    "Subtotal": "475.70",
    "VAT 20 %": "95.14",
    "Total": "570.84",
    "IBAN:": "GB29 NWBK 6016 1331 9268 19",
    "BIC:": "NWBKGB2L",
}
REGISTER = {
    "Surname:": "Okafor",
    "First name:": "Adaeze",
    "Street:": "14 Harbour Road",
    "Postcode:": "EH6 6LT",
    "Country:": "Scotland",
    "Passport no:": "533401988",
    "Allergies:": "",
    "Language:": "English",
    "Address:": "3 Shore Street Leith Edinburgh",
    "Remarks:": "Needs a card in large print.",
}


@pytest.mark.parametrize(("paper", "expected"), [(invoice(), INVOICE), (register(), REGISTER)])
def test_other_kinds_of_pages_are_read_too(
    textract: Any, paper: Image.Image, expected: dict[str, str]
) -> None:
    scan = Scanner(skew=0.7, noise=6, blur=0.5).scan(paper)
    found = pairs(textract.analyze_document(Document={"Bytes": scan}, FeatureTypes=["FORMS"])["Blocks"])

    believed = {key: value for key, (value, _) in found.items() if "following" not in key}
    assert spaceless(believed) == spaceless(expected)
    assert all(confidence < 60 for key, (_, confidence) in found.items() if "following" in key)


def test_a_table_with_empty_cells_is_read_with_them(textract: Any) -> None:
    scan = Scanner(skew=0.7, noise=6, blur=0.5).scan(invoice())
    blocks = textract.analyze_document(Document={"Bytes": scan}, FeatureTypes=["TABLES"])["Blocks"]
    places = [block["Id"] for block in blocks if block["BlockType"] == "TABLE"]
    ids = children(next(block for block in blocks if block["Id"] == places[0]), "CHILD")[0]

    assert len(places) == 2
    cells = [block for block in blocks if block["BlockType"] != "CELL" or block["Id"] in ids]
    assert [list(row) for row in INVOICED] == grid(cells)


def test_what_is_less_plain_is_less_sure(textract: Any) -> None:
    found = pairs(textract.analyze_document(Document={"Bytes": PAGE}, FeatureTypes=["FORMS"])["Blocks"])
    by_confidence = sorted(found, key=lambda key: -found[key][1])

    assert by_confidence[0] == "Reference:"
    assert set(by_confidence[-2:]) == {"Employer", "Job title"}
    assert all(50 < confidence < 100 for _, confidence in found.values())


def test_lines_and_words_stand_where_they_are_printed(textract: Any) -> None:
    blocks = textract.detect_document_text(Document={"Bytes": PAGE})["Blocks"]

    assert {"PAGE", "LINE", "WORD"} == {block["BlockType"] for block in blocks}
    lines = {
        block["Text"]: block["Geometry"]["BoundingBox"] for block in blocks if block["BlockType"] == "LINE"
    }
    title, name = lines["Application for a library card"], lines["Okafor Adaeze"]
    assert [title["Left"], title["Top"]] == pytest.approx([80 / 1240, 66 / 1754], abs=0.01)
    assert [name["Left"], name["Top"]] == pytest.approx([420 / 1240, 186 / 1754], abs=0.01)
    words = [block["Text"] for block in blocks if block["BlockType"] == "WORD"]
    assert words[:5] == ["Application", "for", "a", "library", "card"]


def test_an_object_of_a_bucket_reads_as_its_bytes_do(town: Town, textract: Any) -> None:
    s3 = town.server.client("s3")
    s3.create_bucket(Bucket="scanned-pages")
    s3.put_object(Bucket="scanned-pages", Key="in/page 1.jpg", Body=PAGE)

    place = {"S3Object": {"Bucket": "scanned-pages", "Name": "in/page 1.jpg"}}
    by_place = textract.analyze_document(Document=place, FeatureTypes=EVERYTHING)
    by_bytes = textract.analyze_document(Document={"Bytes": PAGE}, FeatureTypes=EVERYTHING)

    assert by_place["Blocks"] == by_bytes["Blocks"]


def small_page() -> Image.Image:
    paper = Paper()
    paper.line((80, "Invoice number: 2026-117"))
    return paper.picture.crop((0, 0, 700, 200))


@pytest.mark.parametrize(
    "document",
    [
        saved(small_page(), "PNG"),
        saved(small_page(), "JPEG"),
        saved(small_page(), "TIFF", compression="tiff_lzw"),
        pdf(["BT /F1 24 Tf 40 780 Td (Invoice number: 2026-117) Tj ET"]),
    ],
    ids=["PNG", "JPEG", "TIFF", "PDF"],
)
def test_the_four_kinds_of_files_that_textract_takes_are_read(textract: Any, document: bytes) -> None:
    answer = textract.analyze_document(Document={"Bytes": document}, FeatureTypes=["FORMS"])

    ((key, (value, confidence)),) = pairs(answer["Blocks"]).items()
    assert (key, value) == ("Invoice number:", "2026-117")
    assert confidence > 90


def test_an_empty_page_is_a_page_without_lines(textract: Any) -> None:
    blank = saved(Image.new("RGB", (300, 200), "white"), "PNG")

    (page,) = textract.analyze_document(Document={"Bytes": blank}, FeatureTypes=EVERYTHING)["Blocks"]

    assert page["BlockType"] == "PAGE"
    assert "Relationships" not in page


def two_pages() -> bytes:
    return saved(small_page(), "TIFF", save_all=True, append_images=[small_page()])


BAD = [
    (b"GIF89a", "UnsupportedDocumentException", "it begins with b'GIF89a'; send image/jpeg"),
    (PAGE[:4000], "BadDocumentException", "is damaged"),
    (b"%PDF-1.7\nno more", "BadDocumentException", "The PDF is damaged"),
    (pdf(["", ""]), "UnsupportedDocumentException", "The PDF has 2 pages"),
    (two_pages(), "UnsupportedDocumentException", "The TIFF has 2 pages"),
    (
        b"\xff\xd8\xff" + bytes(7 * 1024 * 1024),
        "DocumentTooLargeException",
        "7,340,035 bytes; a model takes 6,291,456",
    ),
]


@pytest.mark.parametrize(
    ("document", "code", "message"), BAD, ids=["GIF", "cut", "no PDF", "two pages", "two pictures", "7 MB"]
)
def test_a_document_that_cannot_be_read_is_refused_in_textracts_words(
    textract: Any, document: bytes, code: str, message: str
) -> None:
    refused(code, message, textract.detect_document_text, Document={"Bytes": document})


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"FeatureTypes": ["QUERIES"]}, "QUERIES is not served; there are FORMS and TABLES"),
        ({"FeatureTypes": ["FORMS", "LAYOUT"]}, "LAYOUT is not served"),
        ({"FeatureTypes": []}, "FeatureTypes must have one of FORMS, TABLES"),
        ({"QueriesConfig": {"Queries": [{"Text": "who?"}]}}, "QueriesConfig is not served"),
        ({"Document": {}}, "Document must have Bytes or S3Object, and not both"),
        ({"Document": {"Bytes": b"x", "S3Object": {"Bucket": "bucket"}}}, "and not both"),
    ],
)
def test_what_is_not_served_is_refused_by_name(textract: Any, more: dict[str, Any], message: str) -> None:
    asked = {"Document": {"Bytes": PAGE}, "FeatureTypes": ["FORMS"], **more}

    refused("InvalidParameterException", message, textract.analyze_document, **asked)


@pytest.mark.parametrize(
    ("place", "message"),
    [
        ({"Bucket": "no-such-bucket-here", "Name": "a"}, "The specified bucket does not exist"),
        ({"Bucket": "kept-pages", "Name": "nothing"}, "The specified key does not exist"),
        ({"Bucket": "kept-pages"}, "Document.S3Object.Name is missing"),
        ({"Name": "a"}, "Document.S3Object.Bucket is missing"),
        ({"Bucket": "kept-pages", "Name": "a", "Version": "7"}, "objects here have no versions"),
        ({"Bucket": "kept..pages", "Name": "a"}, "no name of a bucket"),
    ],
)
def test_an_object_that_is_not_there_is_refused_with_what_is_wrong(
    town: Town, textract: Any, place: dict[str, str], message: str
) -> None:
    town.server.client("s3").create_bucket(Bucket="kept-pages")

    answer = refused(
        "InvalidS3ObjectException", message, textract.detect_document_text, Document={"S3Object": place}
    )
    assert answer["Error"]["Message"].startswith("Unable to get object metadata from S3.")


def test_a_key_reads_pages_of_its_own_buckets_only(town: Town) -> None:
    s3 = town.server.client("s3")
    for bucket in ("own-pages", "others-pages"):
        s3.create_bucket(Bucket=bucket)
        s3.put_object(Bucket=bucket, Key="page.png", Body=saved(small_page(), "PNG"))
    key = town.secondlook.create_key(
        Name=f"reader-{uuid.uuid4().hex[:8]}", Scope="runtime", Buckets=["own-pages"]
    )
    textract = town.server.client("textract", (key["AccessKeyId"], key["SecretAccessKey"]))

    def place(bucket: str) -> dict[str, Any]:
        return {"S3Object": {"Bucket": bucket, "Name": "page.png"}}

    assert textract.detect_document_text(Document=place("own-pages"))["Blocks"]
    refused(
        "AccessDeniedException",
        "may use the buckets own-pages, not 'others-pages'",
        textract.detect_document_text,
        Document=place("others-pages"),
    )


def test_without_an_endpoint_the_error_names_the_setting(server: Server) -> None:
    textract = server.client("textract")

    refused(
        "InvalidParameterException",
        "No endpoint does DetectDocumentText here: make one, and start the server with --textract-endpoint NAME",
        textract.detect_document_text,
        Document={"Bytes": PAGE},
    )
