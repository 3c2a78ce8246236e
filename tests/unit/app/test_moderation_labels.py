"""A server does not start with a file of moderation labels that cannot be used."""

from __future__ import annotations

from pathlib import Path

import pytest

from secondlook.app.compose import taxonomy
from secondlook.settings import SettingError, Settings


def test_the_error_names_the_flag_the_file_and_the_place(tmp_path: Path) -> None:
    file = tmp_path / "labels.json"
    file.write_text('{"Labels": {"gun": "Weapons"}}')

    with pytest.raises(SettingError) as error:
        taxonomy(Settings(moderation_labels=file))

    assert str(error.value) == f"--moderation-labels {file}: $.Labels.gun must be an object"


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "labels.json"
    file.write_bytes(b"\xff\xfe")

    with pytest.raises(SettingError, match="--moderation-labels"):
        taxonomy(Settings(moderation_labels=file))


def test_without_the_setting_there_are_no_labels() -> None:
    assert taxonomy(Settings()) is None
