"""The folder of a product to begin with: `new_product` beside this module, filled in."""

from __future__ import annotations

import json
import os
import re
import secrets
import shutil
import tempfile
from datetime import datetime
from pathlib import Path

import click

from secondlook import names
from secondlook.cli.errors import CommandError
from secondlook.hosting.catalog.members import REMOTE, TRANSLATING
from secondlook.hosting.catalog.reading import CatalogError, read_product
from secondlook.store.incoming import private, sync_directory

ELSEWHERE = (REMOTE, *TRANSLATING)
"""Those of a server elsewhere, which is named by its URL."""

RUNTIMES = ("inference_script", "onnx_detection", *ELSEWHERE)
"""Those that there is a beginning for."""

TEMPLATES = Path(__file__).parent / "new_product"

_NAME = re.compile(r"[a-zA-Z0-9](-*[a-zA-Z0-9]){0,29}")
"""With a hyphen and 32 hex digits it is a model package's name: 63 at most [marketplace.md]."""


def named(name: str) -> str:
    """The name of a product; click's BadParameter where it cannot be one."""
    if _NAME.fullmatch(name) is None:
        raise click.BadParameter(
            f"{name!r} is no name of a product: letters, digits and hyphens between them, up to 30.",
            param_hint="NAME",
        )
    return name


def write(folder: Path, runtime: str, url: str | None = None, now: datetime | None = None) -> None:
    """Make the folder of a product, all of it at once; `url` is that of a server elsewhere. Raises CommandError where there is one already."""
    if folder.exists():
        raise CommandError(f"{folder} is there already; nothing in it was changed.")
    filled = _files(folder.name, runtime, url, now or names.now())
    folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    begun = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        for name, text in filled.items():
            _put(begun / name, text)
        # Unlike a file, a folder takes no other's place unless that is empty.
        begun.rename(folder)
        sync_directory(folder.parent)
    except BaseException:
        shutil.rmtree(begun, ignore_errors=True)
        raise


def checked(folder: Path) -> None:
    """Raises CommandError where the catalog would not take the folder."""
    try:
        read_product(folder)
    except CatalogError as error:
        raise CommandError(f"The catalog would skip it: {error}") from None


def _files(name: str, runtime: str, url: str | None, now: datetime) -> dict[str, str]:
    """Path in the folder → text."""
    digits = secrets.token_hex(16)
    values = {
        "@NAME@": name,
        "@PACKAGE@": f"{name}-{digits}",
        "@PRODUCT@": f"prod-{digits[:13]}",
        "@PUBLISHED@": f"{now:%Y-%m-%dT%H:%M:%SZ}",
        "@URL@": json.dumps(url or "", ensure_ascii=False)[1:-1],
    }
    folder = TEMPLATES / runtime
    sources = [TEMPLATES / "LICENSE.txt", *(file for file in folder.rglob("*") if file.is_file())]
    texts = {
        str(file.relative_to(folder if folder in file.parents else TEMPLATES)): file.read_text("utf-8")
        for file in sources
        if "__pycache__" not in file.parts
    }
    return {path: re.sub(r"@[A-Z]+@", lambda found: values[found[0]], text) for path, text in texts.items()}


def _put(file: Path, text: str) -> None:
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with open(file, "x", encoding="utf-8", opener=private) as opened:
        opened.write(text)
        opened.flush()
        os.fsync(opened.fileno())
