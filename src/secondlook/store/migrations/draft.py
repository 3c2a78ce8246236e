"""Writes a draft of the next revision: what `store.tables` has and the newest revision has not. For developers.

python -m secondlook.store.migrations.draft "add a column for the colour"
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from alembic import command

from secondlook.store.migrations import head, revisions
from secondlook.store.migrations.steps import config, upgrade
from secondlook.store.session import Store


def draft(message: str) -> None:
    """Compare on an empty SQLite database that has just been migrated to the newest revision."""
    with tempfile.TemporaryDirectory() as directory:
        store = Store(f"sqlite:///{Path(directory) / 'draft.sqlite'}")
        is_first = not revisions()
        if not is_first:
            with store.write() as cx:
                upgrade(cx)
        number = "0001" if is_first else f"{int(head()) + 1:04d}"
        with store.write() as cx:
            settings = config(cx)
            settings.attributes["alters"] = not is_first
            command.revision(settings, message, autogenerate=True, rev_id=number)
        store.close()


if __name__ == "__main__":
    draft(sys.argv[1])
