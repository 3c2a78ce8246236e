"""Pages in Textract's words, held against botocore's model of them."""

from __future__ import annotations

import re
import uuid
from collections import Counter
from typing import Any

import pytest

from secondlook.together.documents.blocks import analyze_document, detect_document_text
from secondlook.together.documents.page import Page
from secondlook.wire import specs
from secondlook.wire.validate import validate

from .paper import SIZE, written
from .test_tables import holed

FORM = written((50, 50, "Name: Ada"), (50, 90, "Town:"), (50, 300, "[x] Adult"))
TABLE = written(*holed("r1c1"))
EVERYTHING = ["FORMS", "TABLES"]


def analysed(page: Page, *features: str) -> list[dict[str, Any]]:
    return analyze_document(page, "digest", features)["Blocks"]


def kinds(blocks: list[dict[str, Any]]) -> Counter[str]:
    return Counter(block["BlockType"] for block in blocks)


def related(blocks: list[dict[str, Any]], block: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    by_id = {other["Id"]: other for other in blocks}
    return [
        by_id[id_]
        for relationship in block.get("Relationships", [])
        if relationship["Type"] == kind
        for id_ in relationship["Ids"]
    ]


def entities(blocks: list[dict[str, Any]], entity: str) -> list[dict[str, Any]]:
    return [block for block in blocks if block.get("EntityTypes") == [entity]]


@pytest.mark.parametrize("page", [FORM, TABLE, written()], ids=["form", "table", "empty"])
def test_blocks_are_those_of_the_service_model(page: Page) -> None:
    answer = analyze_document(page, "digest", EVERYTHING)
    model = specs.load("textract").operation("AnalyzeDocument").output
    assert model is not None

    assert answer.keys() <= model.members.keys()
    block = model.members["Blocks"].member
    for found in answer["Blocks"]:
        assert found.keys() <= block.members.keys()
        assert found["BlockType"] in block.members["BlockType"].traits["enum"]
        assert set(found.get("EntityTypes", [])) <= set(block.members["EntityTypes"].member.traits["enum"])
        assert 0 <= found.get("Confidence", 0) <= 100
        assert found["Page"] == 1
        places = [*found["Geometry"]["BoundingBox"].values()]
        places += [value for point in found["Geometry"]["Polygon"] for value in point.values()]
        assert all(0 <= place <= 1 for place in places)
    assert answer["DocumentMetadata"] == {"Pages": 1}


@pytest.mark.parametrize("page", [FORM, TABLE], ids=["form", "table"])
def test_ids_are_uuids_each_is_there_once_and_those_named_are_there(page: Page) -> None:
    blocks = analysed(page, *EVERYTHING)
    ids = [block["Id"] for block in blocks]

    assert len(set(ids)) == len(ids)
    assert all(str(uuid.UUID(id_)) == id_ for id_ in ids)
    named = {
        id_
        for block in blocks
        for relationship in block.get("Relationships", [])
        for id_ in relationship["Ids"]
    }
    assert named == set(ids) - {blocks[0]["Id"]}


def test_the_same_page_has_the_same_ids_and_another_has_others() -> None:
    first, again = (analyze_document(FORM, "one", EVERYTHING) for _ in range(2))
    other = analyze_document(FORM, "two", EVERYTHING)

    assert first == again
    assert not {block["Id"] for block in first["Blocks"]} & {block["Id"] for block in other["Blocks"]}


def test_only_what_is_asked_for_is_answered() -> None:
    text = detect_document_text(FORM, "digest")

    assert {"PAGE", "LINE", "WORD"} == kinds(text["Blocks"]).keys()
    assert text["DetectDocumentTextModelVersion"]
    assert "KEY_VALUE_SET" not in kinds(analysed(FORM, "TABLES"))
    assert "TABLE" not in kinds(analysed(TABLE, "FORMS"))
    assert {"TABLE": 1, "CELL": 9}.items() <= kinds(analysed(TABLE, "TABLES")).items()


def test_a_page_has_its_lines_and_they_their_words_in_the_order_of_reading() -> None:
    blocks = detect_document_text(written((500, 50, "b c"), (50, 50, "a")), "digest")["Blocks"]

    lines = related(blocks, blocks[0], "CHILD")
    assert ["a", "b c"] == [line["Text"] for line in lines]
    assert ["b", "c"] == [word["Text"] for word in related(blocks, lines[1], "CHILD")]
    assert ["PAGE", "LINE", "LINE", "WORD", "WORD", "WORD"] == [block["BlockType"] for block in blocks]


def test_a_key_leads_to_its_value_and_both_to_their_words() -> None:
    blocks = analysed(FORM, "FORMS")
    key = entities(blocks, "KEY")[0]

    (value,) = related(blocks, key, "VALUE")
    assert value["EntityTypes"] == ["VALUE"]
    assert ["Name:"] == [word["Text"] for word in related(blocks, key, "CHILD")]
    assert ["Ada"] == [word["Text"] for word in related(blocks, value, "CHILD")]
    assert key["Confidence"] == value["Confidence"] == pytest.approx(97)


def test_an_empty_field_has_a_value_without_words() -> None:
    blocks = analysed(FORM, "FORMS")
    key = entities(blocks, "KEY")[1]

    (value,) = related(blocks, key, "VALUE")
    assert "Relationships" not in value


def test_a_box_to_tick_is_a_selection_element() -> None:
    blocks = analysed(FORM, "FORMS")
    key = entities(blocks, "KEY")[2]

    ((element,),) = ([related(blocks, value, "CHILD") for value in related(blocks, key, "VALUE")],)
    assert ["Adult"] == [word["Text"] for word in related(blocks, key, "CHILD")]
    assert [("SELECTION_ELEMENT", "SELECTED")] == [
        (part["BlockType"], part["SelectionStatus"]) for part in element
    ]


def test_cells_are_numbered_from_one_and_an_empty_one_stands_where_it_would() -> None:
    blocks = analysed(TABLE, "TABLES")
    cells = {
        (block["RowIndex"], block["ColumnIndex"]): block for block in blocks if block["BlockType"] == "CELL"
    }

    assert {(row, column) for row in (1, 2, 3) for column in (1, 2, 3)} == cells.keys()
    assert ["r2c1"] == [word["Text"] for word in related(blocks, cells[3, 2], "CHILD")]
    empty = cells[2, 2]
    assert "Relationships" not in empty
    assert empty["Geometry"]["BoundingBox"]["Left"] == pytest.approx(300 / SIZE[0])
    assert empty["Geometry"]["BoundingBox"]["Top"] == pytest.approx(140 / SIZE[1])


def test_geometry_is_in_shares_of_the_page() -> None:
    line = detect_document_text(written((100, 140, "0123456789")), "digest")["Blocks"][1]

    assert line["Geometry"]["BoundingBox"] == pytest.approx(
        {"Left": 0.1, "Top": 0.1, "Width": 0.1, "Height": 20 / 1400}, abs=1e-6
    )
    assert line["Geometry"]["Polygon"][0] == pytest.approx({"X": 0.1, "Y": 0.1})


def test_the_model_takes_the_features_that_are_served() -> None:
    operation = specs.load("textract").operation("AnalyzeDocument")

    validate(operation, {"Document": {"Bytes": b"x"}, "FeatureTypes": EVERYTHING})
    assert re.fullmatch(r"\d+\.\d+", analyze_document(FORM, "", [])["AnalyzeDocumentModelVersion"])
