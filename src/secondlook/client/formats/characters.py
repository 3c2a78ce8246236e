"""Text of strangers in files: what UTF-8, XML, YAML and file systems cannot hold."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import PurePosixPath
from typing import Any
from xml.sax.saxutils import escape

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML 1.0 has no way to write."""

_NOT_YAML = re.compile(
    "[^\u0020-\u007e\u00a0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)
"""Characters that YAML wants escaped, or that break a line of it."""

_SURROGATE = re.compile("[\ud800-\udfff]")

_NOT_IN_NAMES = re.compile(r"[^A-Za-z0-9_-]+")

LONGEST_STEM = 60

PICTURES = {
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/gif": ".gif",
    "image/webp": ".webp",
    "image/avif": ".avif",
    "image/bmp": ".bmp",
    "image/tiff": ".tiff",
}
_ENDINGS = frozenset(PICTURES.values()) | {".jpeg", ".tif"}


def whole(text: str) -> str:
    """Without halves of surrogate pairs, which JSON can say and UTF-8 cannot: U+FFFD stands for them."""
    if not _SURROGATE.search(text):
        return text
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def json_text(document: Any) -> str:
    """On one line; every line break in it is escaped."""
    return whole(json.dumps(document, ensure_ascii=False, separators=(",", ":"), allow_nan=False))


def xml_text(text: str) -> str:
    """For between two tags. U+FFFD stands for what XML cannot say; a carriage return would be read as a line feed."""
    return escape(_NOT_XML.sub("\ufffd", text), {"\r": "&#13;"})


def yaml_text(text: str) -> str:
    """A scalar in double quotes: JSON's, whose escapes YAML knows too."""
    return _NOT_YAML.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(text, ensure_ascii=False))


def is_picture(content_type: str | None, uri: str | None) -> bool:
    """By what it is said to be, or called; `application/x-image` is what SageMaker's detectors take."""
    said = _bare(content_type)
    return said.startswith("image/") or said == "application/x-image" or _ending(uri or "") in _ENDINGS


def _bare(content_type: str | None) -> str:
    return (content_type or "").partition(";")[0].strip().lower()


def _ending(path: str) -> str:
    return PurePosixPath(path).suffix.lower()


def file_name(identity: str, uri: str | None, content_type: str | None = None) -> str:
    """A name for the file of an item: that of its object as far as every system takes it, and a digest of what it is.

    The digest makes it unique and the same in every export, without knowing the others: of 64 bits, so that a million
    items meet with a chance of one in 30 million. No device of Windows is called so, as none has a digest in its name.
    """
    path = PurePosixPath(uri or identity)
    ending = _ending(uri or identity)
    if ending not in _ENDINGS:
        ending = PICTURES.get(_bare(content_type), ".jpg")
    stem = _NOT_IN_NAMES.sub("_", path.stem).strip("_-")[:LONGEST_STEM] or "item"
    return f"{stem}-{hashlib.sha256(identity.encode('utf-8', 'surrogatepass')).hexdigest()[:16]}{ending}"
