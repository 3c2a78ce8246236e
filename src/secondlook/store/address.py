"""Where a database is: the setting, checked before anything is connected to, and shown without its password."""

from __future__ import annotations

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from secondlook.settings import SettingError

_RIGHT = "postgresql://user:password@host:5432/name, or be left out for SQLite in the data directory"
_DRIVERS = frozenset({"sqlite", "postgresql+psycopg"})


def checked(url: str) -> URL:
    """The URL of a database that this server can use. Raises SettingError, which repeats no password."""
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):
        raise SettingError(
            f"database is no URL: it must read {_RIGHT}. In a password, @ : / and % are written %40 %3A %2F and %25."
        ) from None
    if parsed.drivername not in _DRIVERS or not parsed.database:
        raise SettingError(f"database must read {_RIGHT}, not {parsed.drivername}://….")
    return parsed


def shown(url: str) -> str:
    """What to call a database: the path of its file, or host and name."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        return str(parsed.database)
    hosts = parsed.query.get("host", ())
    host = parsed.host or (hosts if isinstance(hosts, str) else ",".join(hosts)) or "this machine"
    return f"{parsed.database} at {host}{f':{parsed.port}' if parsed.port else ''}"
