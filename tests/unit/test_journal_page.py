"""`docs/journal.md` names every action that the journal may have, and each is recorded somewhere."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

from secondlook.store.journal import Action

ROOT = Path(__file__).parents[2]
ACTIONS = list(get_args(Action))


def test_the_page_lists_the_actions_in_their_order() -> None:
    page = (ROOT / "docs" / "journal.md").read_text(encoding="utf-8")

    assert ACTIONS == re.findall(r"^\| `(\w+)` \|", page, re.MULTILINE)


def test_each_action_is_recorded_somewhere() -> None:
    sources = [
        path.read_text(encoding="utf-8")
        for folder in ("review", "app")
        for path in (ROOT / "src" / "secondlook" / folder).rglob("*.py")
    ]

    assert [] == [action for action in ACTIONS if not any(f'"{action}"' in text for text in sources)]
