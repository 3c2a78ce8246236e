"""The folders of the elements: a shell knows no stage, a stage no tool, and no element another."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

SRC = Path(__file__).parents[3] / "elements/src"

BELOW_STAGES = ("base", "form", "frame", "history", "instructions", "labels", "loading", "tool")
STAGES = ("picture",)


def imports(folder: str) -> list[tuple[str, str]]:
    """(file, folder that it imports from) for each import of another folder, but for those of tests."""
    return [
        (file.relative_to(SRC).as_posix(), target.relative_to(SRC).parts[0])
        for file in sorted((SRC / folder).rglob("*.ts"))
        if not file.name.endswith(".test.ts")
        for path in re.findall(r"from '(\.[^']+)'", file.read_text())
        if not (target := (file.parent / path).resolve()).is_relative_to(SRC / folder)
    ]


@pytest.mark.parametrize("folder", BELOW_STAGES)
def test_what_all_tools_share_knows_neither_stages_nor_elements(folder: str) -> None:
    assert [pair for pair in imports(folder) if pair[1] in STAGES or pair[1].startswith("crowd-")] == []


@pytest.mark.parametrize("folder", STAGES)
def test_a_stage_knows_no_element_and_no_other_stage(folder: str) -> None:
    assert [pair for pair in imports(folder) if pair[1] in STAGES or pair[1].startswith("crowd-")] == []


def test_no_element_knows_another() -> None:
    folders = [folder.name for folder in SRC.glob("crowd-*")]

    assert len(folders) > 2
    assert [pair for folder in folders for pair in imports(folder) if pair[1].startswith("crowd-")] == []


def test_every_folder_has_its_place() -> None:
    folders = {
        entry.name for entry in SRC.iterdir() if entry.is_dir() and not entry.name.startswith("crowd-")
    }

    assert folders == {*BELOW_STAGES, *STAGES}
