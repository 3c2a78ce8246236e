"""The built scripts of the elements, as small servers of tests give them: beside each other, as the server does."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from pathlib import Path

BUILT = Path(str(files("secondlook.pages"))) / "static/built"


@cache
def scripts() -> dict[str, bytes]:
    """Bodies by path: `/crowd-html-elements.js`, `/elements/crowd-….js`."""
    return {f"/{file.relative_to(BUILT).as_posix()}": file.read_bytes() for file in BUILT.rglob("*.js")}


@cache
def served() -> dict[str, bytes]:
    """The scripts, and what documents may need beside them: `/pdf/cmaps/….bcmap`."""
    data = (file for file in (BUILT / "pdf").rglob("*") if file.is_file())
    return {**scripts(), **{f"/{file.relative_to(BUILT).as_posix()}": file.read_bytes() for file in data}}


def chunk(tag: str) -> str:
    """The path of the script with this element."""
    (path,) = (path for path in scripts() if path.startswith(f"/elements/{tag}-"))
    return path
