"""`docs/journal.md` and the service model name all that the journal may say, and each action is recorded somewhere."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import get_args

from secondlook.store.actor import Kind
from secondlook.store.journal import Action, ResourceType
from secondlook.wire import specs

ROOT = Path(__file__).parents[2]
ACTIONS = list(get_args(Action))


def test_the_page_lists_the_actions_in_their_order() -> None:
    page = (ROOT / "docs" / "journal.md").read_text(encoding="utf-8")

    assert ACTIONS == re.findall(r"^\| `(\w+)` \|", page, re.MULTILINE)


def test_the_model_knows_what_can_be_asked_for_and_answered() -> None:
    (path,) = (specs.data_path() / "secondlook").glob("*/service-2.json")
    shapes = json.loads(path.read_bytes())["shapes"]

    assert ACTIONS == shapes["JournalAction"]["enum"]
    assert list(get_args(ResourceType)) == shapes["JournalResource"]["enum"]
    assert list(get_args(Kind)) == shapes["JournalActor"]["enum"]


def test_each_action_is_recorded_somewhere() -> None:
    sources = [
        path.read_text(encoding="utf-8")
        for folder in ("review", "hosting", "app")
        for path in (ROOT / "src" / "secondlook" / folder).rglob("*.py")
    ]

    assert [] == [action for action in ACTIONS if not any(f'"{action}"' in text for text in sources)]
