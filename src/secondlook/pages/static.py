"""Style sheets, scripts and pictures of ours, addressed by content: a changed file has a changed URL.

So browsers keep them for ever, and a new release is seen at once. Only for a task page do they not: its origin is opaque and another
one with each load, and a browser's cache is divided by origin. So the build packs the scripts as tightly as it can. Task pages
read them from that origin, hence `Access-Control-Allow-Origin: *`; there is nothing personal here. Files are few and small enough
to stay in memory.
"""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
import re
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

ROOT = Path(__file__).parent / "static"
BUNDLE = "built/crowd-html-elements.js"
BUILT = "built/"
"""The folder of the bundle; the scripts that the build has split from it are named from there on."""

STYLESHEET = "crowd-html-elements.css"
FOR_EVER = "public, max-age=31536000, immutable"
ASK_AGAIN = "public, no-cache"
WORTH_PACKING = 1024

_NAMED_BY_CONTENT = re.compile(r"built/elements/[\w-]+-[0-9A-Z]{8}\.js")
"""Scripts of elements name each other, so the build has put the content into their names."""

_TYPES = {".js": "text/javascript", ".css": "text/css", ".map": "application/json", ".svg": "image/svg+xml"}


@dataclass(frozen=True, slots=True)
class Asset:
    """One file as it is sent. `packed` has what saves anything by content coding, the tightest first."""

    content_type: str
    digest: str
    plain: bytes
    packed: Mapping[str, bytes]


class Assets:
    """The files below a directory, read when first asked for and again when they change; thread-safe.

    Kept by file and not by the path asked for, of which one file has any number.
    """

    def __init__(self, root: Path = ROOT) -> None:
        self._root = root.resolve()
        self._lock = threading.Lock()
        self._known: dict[Path, tuple[int, Asset]] = {}

    def find(self, path: str) -> Asset | None:
        """The file with this path below the root, if there is one."""
        try:
            file = (self._root / path).resolve()
            changed = file.stat().st_mtime_ns
        except (OSError, ValueError):  # not there, too long to be there, or no path at all (a NUL)
            return None
        if not file.is_relative_to(self._root) or not file.is_file():
            return None
        with self._lock:
            known = self._known.get(file)
            if known is None or known[0] != changed:
                known = (changed, _load(file))
                self._known[file] = known
        return known[1]

    def url(self, path: str) -> str:
        """The path by which pages name the file, content included; plain where there is no such file."""
        asset = None if _NAMED_BY_CONTENT.fullmatch(path) else self.find(path)
        return f"/static/{path}?v={asset.digest}" if asset else f"/static/{path}"


assets = Assets()


def serve(request: Request) -> Response:
    """`GET /static/…`; on a thread, because it looks at the disk and packs what it reads."""
    path = request.path_params["path"]
    asset = assets.find(path)
    if asset is None:
        return PlainTextResponse("There is no such file.\n", 404)
    tag = f'"{asset.digest}"'
    keeps = _NAMED_BY_CONTENT.fullmatch(path) or request.query_params.get("v") == asset.digest
    headers = {
        "Access-Control-Allow-Origin": "*",
        "Cross-Origin-Resource-Policy": "cross-origin",
        "Cache-Control": FOR_EVER if keeps else ASK_AGAIN,
        "ETag": tag,
        "Vary": "Accept-Encoding",
    }
    if tag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    accepted = {coding.strip() for coding in request.headers.get("accept-encoding", "").split(",")}
    coding = next((coding for coding in asset.packed if coding in accepted), None)
    if coding is None:
        return Response(asset.plain, headers=headers, media_type=asset.content_type)
    headers["Content-Encoding"] = coding
    return Response(asset.packed[coding], headers=headers, media_type=asset.content_type)


def _load(file: Path) -> Asset:
    plain = file.read_bytes()
    kind = _TYPES.get(file.suffix) or mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    packed = {}
    # Made by the build of the elements, with the file itself.
    brotli = file.with_name(f"{file.name}.br")
    if brotli.is_file():
        packed["br"] = brotli.read_bytes()
    if len(plain) > WORTH_PACKING and not kind.startswith("image/p"):
        packed["gzip"] = gzip.compress(plain, 9, mtime=0)
    return Asset(kind, hashlib.sha256(plain).hexdigest()[:16], plain, packed)
