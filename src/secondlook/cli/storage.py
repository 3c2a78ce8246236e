"""What keeps a command from working with a data directory and its database itself: each is named as what it is."""

from __future__ import annotations

from secondlook.app.lock import HeldElsewhere
from secondlook.cli.errors import explain
from secondlook.settings import SettingError
from secondlook.store.diagnosis import Unusable
from secondlook.store.migrations import SchemaError
from secondlook.store.vault import VaultError


def explain_all() -> None:
    """For modules of commands that import the application."""
    for kind in (SettingError, HeldElsewhere, Unusable, SchemaError, VaultError):
        explain(kind)
