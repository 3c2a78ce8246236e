"""Directories that only this account may look into: sessions, secrets and other people's pictures lie there.

A directory that others can write to is refused, not repaired: what lies in it may be theirs already.
"""

from __future__ import annotations

import logging
import os
import stat
from collections.abc import Iterator
from pathlib import Path

from secondlook.settings import SettingError

log = logging.getLogger(__name__)

GROUP_AND_OTHERS = 0o077
"""All that a mode can allow to the group and to everybody else; as a umask, it makes every new file private."""

GROUP_AND_OTHERS_WRITE = 0o022

OF_MODELS = ("models", "own-models", "artifacts", "environments")
"""Folders of the data directory that are shown to models' processes."""


def private_directory(path: Path, name: str, user: int | None = None) -> Path:
    """The directory `path`, made if it is not there, and closed to others; `name` is what messages call it.

    Raises SettingError when it cannot be made or used, others can write to it, or it is not `user`'s (this
    account's, unless given).
    """
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise SettingError(f"The {name} {path} cannot be made: {error.strerror}.") from error
    if not os.access(path, os.R_OK | os.W_OK | os.X_OK):
        raise SettingError(f"The {name} {path} cannot be written to by this account.")
    _check(path, name, path.stat(), os.geteuid() if user is None else user)
    _close(path)
    return path.resolve()


def close_all(root: Path, untouched: Path) -> None:
    """Close everything below `root` to others, and say so, but for the file `untouched`; links are not followed.

    Raises SettingError for what others can write to: it may be theirs by now.
    Of a directory of objects only the directories are closed: its files are made private and may be a million. Environments of models
    are closed as wholes: what lies in one is as its libraries' authors left it, and uv's locks are anybody's. What models are
    made of stays open below it to whom `root` lets in, which is the users that confined models run as, and nobody else.
    """
    below = [path for path in _below(root) if path != untouched]
    for path in below:
        _check_writers(path, "file or directory")
    opened = [path for path in below if path.relative_to(root).parts[0] not in OF_MODELS and _close(path)]
    if opened:
        shown = ", ".join(str(path.relative_to(root)) for path in opened[:5])
        log.warning("%d files of %s were open to others and are not any more: %s", len(opened), root, shown)


def _check(path: Path, name: str, status: os.stat_result, user: int) -> None:
    if status.st_uid != user:
        raise SettingError(
            f"The {name} {path} belongs to user {status.st_uid}, and this runs as user {user}: start it as that user, "
            f"or give it to this one with chown -R {user} {path}."
        )
    _check_writers(path, name)


def _check_writers(path: Path, name: str) -> None:
    try:
        mode = path.lstat().st_mode
    except FileNotFoundError:  # a server that runs here has just taken it away
        return
    if not stat.S_ISLNK(mode) and mode & GROUP_AND_OTHERS_WRITE:
        raise SettingError(
            f"Others can write to the {name} {path} (mode {stat.S_IMODE(mode):03o}). See that nothing in it "
            f"is theirs, then run chmod go-w {path}."
        )


def _below(root: Path) -> Iterator[Path]:
    for folder, folders, files in os.walk(root):
        place = Path(folder)
        yield from (place / name for name in folders)
        if place == root / "objects":
            folders.clear()
        elif place == root / "environments":
            folders.clear()
            yield from (place / name for name in files)
        else:
            yield from (place / name for name in files)


def _close(path: Path) -> bool:
    """Take away what others may do with it; whether there was something."""
    try:
        status = path.lstat()
    except FileNotFoundError:  # a server that runs here has just taken it away
        return False
    if stat.S_ISLNK(status.st_mode) or not status.st_mode & GROUP_AND_OTHERS:
        return False
    try:
        path.chmod(stat.S_IMODE(status.st_mode) & ~GROUP_AND_OTHERS)
    except PermissionError as error:
        raise SettingError(
            f"{path} is open to others and cannot be closed: it belongs to user {status.st_uid}."
        ) from error
    return True
