"""The folders of the elements: what all share knows no stage, a stage no other stage and no tool, and no element another."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

SRC = Path(__file__).parents[3] / "elements/src"

SHARED = (
    *("base", "field", "form", "frame", "history", "icon", "instructions"),
    *("labels", "layout", "loading", "press", "tool"),
)
PICTURES = ("pdf", "picture")
"""What is looked at, with nothing marked on it but shapes."""
STAGES = ("document", "raster", "text")
SHOWN = ("choice", "overlay")
"""They show what other tools make, so they know what that is made of: modules beside an element, never the element."""

FAMILIES = {
    ("crowd-radio-group", "crowd-radio-button"),
    ("crowd-slider", "crowd-slider-label"),
    ("crowd-tab", "crowd-tabs"),
}
"""(an element, another that it imports): made for each other, as a list and its items are."""


def imports(folder: str) -> list[tuple[str, str]]:
    """(file, module of another folder that it imports) for each such import, but for those of tests."""
    return [
        (file.relative_to(SRC).as_posix(), target.relative_to(SRC).as_posix())
        for file in sorted((SRC / folder).rglob("*.ts"))
        if not file.name.endswith(".test.ts")
        for path in re.findall(r"from '(\.[^']+)'", file.read_text())
        if not (target := (file.parent / path).resolve()).is_relative_to(SRC / folder)
    ]


def is_element(folder: str) -> bool:
    return "-" in folder


def others(folder: str, *allowed: str) -> list[tuple[str, str]]:
    """The imports from folders that are not allowed to this one."""
    return [pair for pair in imports(folder) if pair[1].split("/")[0] not in allowed]


@pytest.mark.parametrize("folder", SHARED)
def test_what_all_share_knows_neither_stages_nor_elements(folder: str) -> None:
    assert others(folder, *SHARED) == []


@pytest.mark.parametrize("folder", PICTURES)
def test_what_is_looked_at_knows_no_stage_and_no_element(folder: str) -> None:
    assert others(folder, *SHARED, *PICTURES) == []


@pytest.mark.parametrize("folder", STAGES)
def test_a_stage_knows_no_other_stage_and_no_element(folder: str) -> None:
    assert others(folder, *SHARED, *PICTURES) == []


@pytest.mark.parametrize("folder", SHOWN)
def test_what_shows_the_work_of_tools_knows_no_element(folder: str) -> None:
    unlike = others(folder, *SHARED, *PICTURES, *STAGES, *SHOWN)

    assert [pair for pair in unlike if pair[1] == "{0}/{0}.ts".format(pair[1].split("/")[0])] == []
    assert all(is_element(module.split("/")[0]) for _, module in unlike)


def test_no_element_knows_another_outside_its_family() -> None:
    folders = [folder.name for folder in SRC.iterdir() if is_element(folder.name)]

    known = {(folder, module.split("/")[0]) for folder in folders for _, module in imports(folder)}

    assert len(folders) > 30
    assert {pair for pair in known if is_element(pair[1])} == FAMILIES


def test_every_folder_has_its_place() -> None:
    folders = {entry.name for entry in SRC.iterdir() if entry.is_dir() and not is_element(entry.name)}

    assert folders == {*SHARED, *PICTURES, *STAGES, *SHOWN}
