"""Writes the gallery of elements as pages that need no server of ours, to be read beside the documentation.

python docs/gallery.py DIR    then serve DIR with any web server: `python -m http.server -d DIR`
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from secondlook.pages import rendering
from secondlook.pages.console.gallery import OBJECTS, GalleryAlone, GalleryFrame, shown, tags
from secondlook.pages.static import ROOT
from secondlook.wire import sandbox

FRAME = "frame.html"
SUFFIX = ".html"

SANDBOX = f"{sandbox.SANDBOX} allow-same-origin"
"""A plain web server lets no page of another origin load modules, and here is nobody's session to be protected."""


def write(folder: Path) -> None:
    """A page for each element, `index.html` being the first, and what they load."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("portal.css", *OBJECTS.values()):
        shutil.copy(ROOT / name, folder / name)
    shutil.copytree(ROOT / "built", folder / "built", dirs_exist_ok=True)
    bundle = GalleryFrame("built/crowd-html-elements.js")
    (folder / FRAME).write_text(rendering.html(bundle), encoding="utf-8")
    for tag in tags():
        part = shown(tag, FRAME, "built/gallery.js", str, sandbox=SANDBOX, suffix=SUFFIX)
        page = GalleryAlone(part, "portal.css")
        (folder / f"{tag}{SUFFIX}").write_text(rendering.html(page), encoding="utf-8")
    shutil.copy(folder / f"{tags()[0]}{SUFFIX}", folder / "index.html")


if __name__ == "__main__":
    write(Path(sys.argv[1]))
