"""Alembic, told what it needs by us instead of by an ini file."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection


def config(cx: Connection) -> Config:
    """Alembic's settings, with the connection on which env.py shall work."""
    settings = Config()
    settings.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    settings.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    settings.set_main_option("path_separator", "os")
    settings.attributes["connection"] = cx
    return settings


def upgrade(cx: Connection, to: str = "head") -> None:
    """Do all steps that are missing up to the revision `to`, in the transaction of `cx`."""
    command.upgrade(config(cx), to)
