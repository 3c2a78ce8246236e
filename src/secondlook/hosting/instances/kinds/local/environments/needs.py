"""What our runtime needs in a model's environment, as wheels made of what is installed here.

The server's own libraries are not shown to a model; the few that serve it are installed beside its own, at the server's versions unless
the model wants others: uv's resolver says whether both can be. They are packed again from what lies here, so no index has to have them.
[https://packaging.python.org/en/latest/specifications/recording-installed-packages/, …/binary-distribution-format/]
"""

from __future__ import annotations

import base64
import hashlib
import os
import tempfile
import zipfile
from collections.abc import Iterator
from importlib.metadata import Distribution, PackageNotFoundError, PackagePath, distribution
from pathlib import Path

from packaging.requirements import Requirement

WANTED = ("uvicorn>=0.30", "httptools>=0.6", "numpy")
"""numpy is for scripts without input_fn or output_fn, and only where this installation has it (`secondlook[models]`)."""

_OPTIONAL = frozenset({"numpy"})
_NOT_PACKED = frozenset({"RECORD", "INSTALLER", "REQUESTED", "direct_url.json"})
"""Of a distribution's metadata: what an installer writes."""


def wanted() -> tuple[str, ...]:
    """The requirements of our runtime."""
    return tuple(line for line in WANTED if line not in _OPTIONAL or _installed(line) is not None)


def pins() -> dict[str, Distribution]:
    """The runtime's libraries and theirs, as they are installed here, by `name==version`."""
    return {f"{each.name}=={each.version}": each for each in _closure()}


def packed(folder: Path) -> list[str]:
    """Put a wheel of each into `folder`, unless it has it; answers their pins. Raises OSError.

    What was not installed by records, as some systems' packages are not, is left to the index.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    answer = []
    for old in {wheel.name for wheel in folder.glob("*.whl")} - set(map(_file_name, pins().values())):
        (folder / old).unlink(missing_ok=True)
    for pin, each in pins().items():
        if files := [path for path in each.files or () if _is_packed(path)]:
            wheel = folder / _file_name(each)
            if not wheel.is_file():
                _pack(each, files, wheel)
            answer.append(pin)
    return answer


def _installed(name: str) -> Distribution | None:
    try:
        return distribution(name)
    except PackageNotFoundError:
        return None


def _closure() -> Iterator[Distribution]:
    waiting, seen = [Requirement(line).name for line in wanted()], set()
    while waiting:
        name = waiting.pop()
        if name in seen or (found := _installed(name)) is None:
            continue
        seen.add(name)
        yield found
        needs = map(Requirement, found.requires or ())
        waiting += [need.name for need in needs if need.marker is None or need.marker.evaluate({"extra": ""})]


def _is_packed(path: PackagePath) -> bool:
    """Not scripts, which an installer makes, nor what Python compiled."""
    is_metadata = path.parts[0].endswith(".dist-info") and path.name in _NOT_PACKED
    return not is_metadata and ".." not in path.parts and "__pycache__" not in path.parts


def _tags(each: Distribution) -> list[list[str]]:
    lines = (each.read_text("WHEEL") or "").splitlines()
    return [line.removeprefix("Tag:").strip().split("-") for line in lines if line.startswith("Tag:")]


def _file_name(each: Distribution) -> str:
    tags = _tags(each) or [["py3", "none", "any"]]
    compressed = [".".join(dict.fromkeys(tag[part] for tag in tags)) for part in range(3)]
    return "-".join([each.name.replace("-", "_"), each.version, *compressed]) + ".whl"


def _pack(each: Distribution, files: list[PackagePath], wheel: Path) -> None:
    """Written beside its place and renamed; not compressed, since it is unpacked on this machine."""
    handle, name = tempfile.mkstemp(dir=wheel.parent, prefix=".packing-")
    partial = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            with zipfile.ZipFile(stream, "w") as archive:
                record = [
                    _packed(archive, str(path), Path(str(each.locate_file(path))).read_bytes())
                    for path in files
                ]
                metadata = next(path.parts[0] for path in files if path.parts[0].endswith(".dist-info"))
                archive.writestr(f"{metadata}/RECORD", "".join([*record, f"{metadata}/RECORD,,\n"]))
            stream.flush()
            os.fsync(stream.fileno())
        partial.replace(wheel)
    finally:
        partial.unlink(missing_ok=True)


def _packed(archive: zipfile.ZipFile, name: str, content: bytes) -> str:
    """Its line in RECORD. All are dated alike, so that the same library is the same wheel."""
    archive.writestr(zipfile.ZipInfo(name), content)
    digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
    return f"{name},sha256={digest},{len(content)}\n"
