"""An installation that must be there already: whoever names another by mistake gets an error, not a new one.

A server writes into its data directory where else its database and objects lie. Who does not name the same ones would work
beside them: on an empty database, with the key of the right one at hand.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from secondlook.app.layout import CLIENT_FILE
from secondlook.app.lock import DataLock
from secondlook.app.memory import data_directory, elsewhere, opened_store
from secondlook.settings import SettingError, Settings, variable
from secondlook.store.actor import TERMINAL
from secondlook.store.address import checked
from secondlook.store.session import Store

PLACES = frozenset({"database", "objects"})


@contextmanager
def held_store(settings: Settings, who: str, *, may_be_new: bool = False) -> Iterator[Store]:
    """The store of a data directory that no server holds, with this release's schema; `who` holds it until the block ends.

    Only where it `may_be_new` are directory and tables made that are not there. Raises SettingError, HeldElsewhere,
    `diagnosis.Unusable` or `migrations.SchemaError`; then no database and no key has been made or changed.
    """
    checked(settings.database_url)
    if not may_be_new:
        check_directory(settings)
    with DataLock(data_directory(settings), who):
        check_places(settings, {"database"})
        with opened_store(settings, may_be_new=may_be_new) as store:
            yield store.acting(TERMINAL)


def check_directory(settings: Settings) -> None:
    """SettingError if there is no data directory."""
    if not settings.data.is_dir():
        raise SettingError(f"There is no data directory {settings.data}: name the server's with --data.")


def check_places(settings: Settings, names: Collection[str] = PLACES) -> None:
    """SettingError if these places are others than those that the server of this data directory has written down."""
    file = settings.data / CLIENT_FILE
    recorded = _recorded_by_server(file)
    for name, meant in elsewhere(settings).items():
        used = recorded.get(name, meant)
        if name in names and used != meant:
            raise SettingError(
                f"The server of {settings.data} keeps its {name} in {used or 'that directory'}, not in "
                f"{meant or 'that directory'}: set {variable(name)} as for serve, or give --{name} where the command has "
                f"it. If it was moved, start the server with the new place first, or remove {file}."
            )


def _recorded_by_server(file: Path) -> dict[str, Any]:
    """What it wrote at its last start; nothing if there was none."""
    if not file.exists():
        return {}
    try:
        recorded: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    except ValueError as error:
        raise SettingError(
            f"{file} cannot be understood ({error}); the server writes it anew when it starts."
        ) from None
    return recorded
