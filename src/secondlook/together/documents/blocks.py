"""A page in Textract's words: blocks, their places as shares of the page, and how they belong together. Pure."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from statistics import mean
from typing import Any

from secondlook.together.documents.layout import in_reading_order
from secondlook.together.documents.page import Line, Page, Point, Word
from secondlook.together.documents.pairs import Form, Pair, form_of
from secondlook.together.documents.tables import Table

MODEL_VERSION = "1.0"

Block = dict[str, Any]

_DIGITS = 6
"""Of a place as a share of the page: a hundredth of a pixel of a large scan."""

_ENTIRE: tuple[Point, ...] = ((0, 0), (1, 0), (1, 1), (0, 1))


def detect_document_text(page: Page, digest: str) -> dict[str, Any]:
    """The answer of DetectDocumentText. `digest` names the picture: the same one has the same block ids each time."""
    return {
        "DocumentMetadata": {"Pages": 1},
        "Blocks": _Blocks(page, digest).text(),
        "DetectDocumentTextModelVersion": MODEL_VERSION,
    }


def analyze_document(page: Page, digest: str, features: Iterable[str]) -> dict[str, Any]:
    """As `detect_document_text`, with the forms and tables that are asked for."""
    return {
        "DocumentMetadata": {"Pages": 1},
        "Blocks": _Blocks(page, digest).analysis(form_of(page), frozenset(features)),
        "AnalyzeDocumentModelVersion": MODEL_VERSION,
    }


class _Blocks:
    def __init__(self, page: Page, digest: str) -> None:
        self._page = page
        self._namespace = uuid.uuid5(uuid.NAMESPACE_OID, digest)
        self._count = 0
        self._root = self._block("PAGE", _ENTIRE)
        self._words: dict[Word, Block] = {}
        self._lines = [self._line(line) for line in in_reading_order(page)]

    def text(self) -> list[Block]:
        return self._listed([])

    def analysis(self, form: Form, features: frozenset[str]) -> list[Block]:
        more = []
        if "TABLES" in features:
            for table in form.tables:
                more += self._table(table)
        if "FORMS" in features:
            for pair in form.pairs:
                more += self._pair(pair)
        return self._listed(more)

    def _listed(self, more: list[Block]) -> list[Block]:
        top = [
            block
            for block in [*self._lines, *more]
            if block["BlockType"] not in {"CELL", "SELECTION_ELEMENT"}
        ]
        _relate(self._root, "CHILD", top)
        return [self._root, *self._lines, *self._words.values(), *more]

    def _line(self, line: Line) -> Block:
        block = self._block("LINE", self._shares(line.polygon), line.score * 100, Text=line.text)
        for word in line.words:
            polygon = self._shares(word.polygon)
            self._words[word] = self._block(
                "WORD", polygon, word.score * 100, Text=word.text, TextType="PRINTED"
            )
        _relate(block, "CHILD", [self._words[word] for word in line.words])
        return block

    def _pair(self, pair: Pair) -> list[Block]:
        key = self._set("KEY", pair.key, pair)
        value = self._set("VALUE", pair.value, pair)
        _relate(key, "VALUE", [value])
        _relate(key, "CHILD", [self._words[word] for word in pair.key])
        if pair.mark is None:
            _relate(value, "CHILD", [self._words[word] for word in pair.value])
            return [key, value]
        word = pair.mark.word
        status = "SELECTED" if pair.mark.is_selected else "NOT_SELECTED"
        element = self._block(
            "SELECTION_ELEMENT", self._shares(word.polygon), word.score * 100, SelectionStatus=status
        )
        value["Geometry"] = element["Geometry"]
        _relate(value, "CHILD", [element])
        return [key, value, element]

    def _set(self, entity: str, words: Sequence[Word], pair: Pair) -> Block:
        polygon = self._around(words or pair.key)
        return self._block("KEY_VALUE_SET", polygon, pair.confidence, EntityTypes=[entity])

    def _table(self, table: Table) -> list[Block]:
        words = [word for span in table.spans for word in span.words]
        confidence = 100 * table.sureness * mean(word.score for word in words)
        polygon = self._around(words)
        root = self._block("TABLE", polygon, confidence, EntityTypes=["STRUCTURED_TABLE"])
        cells = [
            self._cell(table, row, column, confidence)
            for row in range(len(table.cells))
            for column in range(len(table.cells[row]))
        ]
        _relate(root, "CHILD", cells)
        return [root, *cells]

    def _cell(self, table: Table, row: int, column: int, confidence: float) -> Block:
        """An empty cell has the place where its row and its column cross."""
        span = table.cells[row][column]
        if span is not None:
            polygon = self._around(span.words)
        else:
            across = [other[column] for other in table.cells]
            lefts, _, rights, _ = _sides(
                self._around([word for cell in across if cell for word in cell.words])
            )
            _, top, _, bottom = _sides(
                self._around([word for cell in table.cells[row] if cell for word in cell.words])
            )
            polygon = _rectangle(lefts, top, rights, bottom)
        block = self._block(
            "CELL", polygon, confidence, RowIndex=row + 1, ColumnIndex=column + 1, RowSpan=1, ColumnSpan=1
        )
        if span is not None:
            _relate(block, "CHILD", [self._words[word] for word in span.words])
        return block

    def _block(
        self, kind: str, polygon: Sequence[Point], confidence: float | None = None, **more: Any
    ) -> Block:
        self._count += 1
        left, top, right, bottom = _sides(polygon)
        box = {"Width": right - left, "Height": bottom - top, "Left": left, "Top": top}
        block: Block = {"BlockType": kind}
        if confidence is not None:
            block["Confidence"] = round(confidence, 4)
        block |= more
        block["Geometry"] = {
            "BoundingBox": {side: round(share, _DIGITS) for side, share in box.items()},
            "Polygon": [{"X": round(x, _DIGITS), "Y": round(y, _DIGITS)} for x, y in polygon],
        }
        block["Id"] = str(uuid.uuid5(self._namespace, f"{kind} {self._count}"))
        block["Page"] = 1
        return block

    def _shares(self, polygon: Iterable[Point]) -> list[Point]:
        """Pixels as shares of the page, within it."""
        width, height = self._page.width, self._page.height
        return [(min(max(x / width, 0.0), 1.0), min(max(y / height, 0.0), 1.0)) for x, y in polygon]

    def _around(self, words: Sequence[Word]) -> list[Point]:
        return _rectangle(*_sides(self._shares([point for word in words for point in word.polygon])))


def _relate(block: Block, kind: str, others: Sequence[Block]) -> None:
    """Textract leaves a relationship without members out."""
    if others:
        ids = [other["Id"] for other in others]
        block.setdefault("Relationships", []).append({"Type": kind, "Ids": ids})


def _sides(polygon: Sequence[Point]) -> tuple[float, float, float, float]:
    across, down = [x for x, _ in polygon], [y for _, y in polygon]
    return min(across), min(down), max(across), max(down)


def _rectangle(left: float, top: float, right: float, bottom: float) -> list[Point]:
    return [(left, top), (right, top), (right, bottom), (left, bottom)]
