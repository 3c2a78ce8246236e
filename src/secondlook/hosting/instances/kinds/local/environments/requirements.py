"""A model's `requirements.txt`, read by ourselves: uv is given what was understood here, and nothing of the file itself.

Whoever brings a model is not whoever runs the server. So a file names libraries, their versions and hashes, other such files and wheels in
its own folder; where libraries come from, and whether code of theirs runs to build them, is not for it to say. Options
are pip's [https://pip.pypa.io/en/stable/reference/requirements-file-format/], requirements are PEP 508's, by `packaging`.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from packaging.requirements import InvalidRequirement, Requirement
from packaging.utils import InvalidWheelFilename, canonicalize_name, parse_wheel_filename

from secondlook.hosting.errors import NotPrepared

MOST_BYTES = 1 << 20
"""Of one file."""

MOST_FILES = 32
"""That include each other."""

ON_AWS = PurePosixPath("/opt/ml/model/code")
"""Where the folder of a script is in SageMaker's containers, so where files name their wheels."""

_COMMENT = re.compile(r"(^|\s+)#.*$")
_HASH = re.compile(r"\s--hash[=\s]\s*(\w+:[0-9a-fA-F]+)(?=\s|$)")
_FILE = re.compile(r"(-r|--requirement|-c|--constraint)(?:\s+|=)?(?P<name>\S.*)")
_VARIABLE = re.compile(r"\$\{\w+\}")
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_ARCHIVE = (".tar.gz", ".tgz", ".zip", ".tar.bz2", ".tar.xz")

_SOURCE = "where libraries come from is said by whoever runs the server (docs/hosting.md)"
_BUILD = "only wheels are installed, since a build would run its code outside of the model's process"
_REFUSED = {
    "-e": f"{_BUILD}: build a wheel and put it beside this file",
    "--editable": f"{_BUILD}: build a wheel and put it beside this file",
    "-i": _SOURCE,
    "--index-url": _SOURCE,
    "--pypi-url": _SOURCE,
    "--extra-index-url": _SOURCE,
    "--no-index": _SOURCE,
    "-f": _SOURCE,
    "--find-links": _SOURCE,
    "--trusted-host": _SOURCE,
    "--no-binary": _BUILD,
    "--only-binary": f"{_BUILD}, of whatever it is; leave this line out",
    "--prefer-binary": f"{_BUILD}, of whatever it is; leave this line out",
    "--pre": "name the version that is meant, as in name==1.0rc1",
    "--require-hashes": "hashes are checked wherever they are given; leave this line out",
}


class Refused(NotPrepared):
    """A line that is not followed; the message names file and line, and what would be right."""


@dataclass(frozen=True, slots=True)
class Requirements:
    """What a model wants. Lines are normalised and sorted; `wheels` are those in its folder, by their SHA-256."""

    lines: tuple[str, ...]
    constraints: tuple[str, ...]
    wheels: Mapping[str, Path]


def read(file: Path) -> Requirements:
    """The requirements in a file, and in those that it includes from its own folder. Raises Refused; OSError."""
    reader = _Reader(file.parent)
    reader.read(file, reader.lines)
    return Requirements(tuple(sorted(reader.lines)), tuple(sorted(reader.constraints)), reader.wheels)


def is_empty(file: Path) -> bool:
    """Whether it names nothing at all, as one that only has comments. Raises Refused; OSError."""
    return next(_lines(file, Path(file.name)), None) is None


@dataclass
class _Reader:
    folder: Path
    lines: set[str] = field(default_factory=set)
    constraints: set[str] = field(default_factory=set)
    wheels: dict[str, Path] = field(default_factory=dict)
    _seen: set[tuple[Path, bool]] = field(default_factory=set)

    def read(self, file: Path, into: set[str]) -> None:
        if (file, into is self.constraints) in self._seen:
            return
        self._seen.add((file, into is self.constraints))
        name = file.relative_to(self.folder)
        if len(self._seen) > MOST_FILES:
            raise Refused(f"{name} is one file too many: at most {MOST_FILES} include each other")
        for number, line in _lines(file, name):
            where = f"{name}, line {number}"
            if included := _FILE.fullmatch(line):
                inner = self._inside(included["name"], file.parent, where)
                self.read(inner, into if line.startswith(("-r", "--r")) else self.constraints)
            else:
                into.add(self._requirement(line, file.parent, where))

    def _requirement(self, line: str, beside: Path, where: str) -> str:
        hashes = sorted(_HASH.findall(line))
        text = _HASH.sub("", line).strip()
        if option := next((word for word in text.split() if word.startswith("-")), None):
            name = option.partition("=")[0]
            right = _REFUSED.get(name) or _REFUSED.get(
                name[:2], "a line names a library and its versions, or a file by -r or -c"
            )
            raise Refused(f"{where}: {name} is not followed: {right}")
        if _VARIABLE.search(text):
            raise Refused(f"{where}: variables are not put in place: write what is meant")
        if _is_path(text):
            return self._wheel(text, beside, where)
        try:
            requirement = Requirement(text)
        except InvalidRequirement as error:
            why = (
                _elsewhere(text)
                or f"{str(error).splitlines()[0]}; write a name and its versions, as in name==1.0"
            )
            raise Refused(f"{where}: {text!r} is not followed: {why}") from None
        place = requirement.url or requirement.name
        if requirement.url is not None or place.endswith(_ARCHIVE):
            raise Refused(f"{where}: {text!r} is not followed: {_elsewhere(place) or _BUILD}")
        if canonicalize_name(requirement.name) == "secondlook":
            raise Refused(f"{where}: secondlook is there already, of the server's version; leave it out")
        return " ".join([str(requirement), *(f"--hash={each.lower()}" for each in hashes)])

    def _wheel(self, text: str, beside: Path, where: str) -> str:
        """A wheel of the model's own, as name, version and hash: it is found by these among the files handed to uv.

        By its path it could bring in others by URLs; found like one of an index, it cannot.
        """
        path = self._inside(text, beside, where)
        try:
            name, version, _, _ = parse_wheel_filename(path.name)
        except InvalidWheelFilename:
            raise Refused(
                f"{where}: {text!r} is no wheel by its name, as name-1.0-py3-none-any.whl is"
            ) from None
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        self.wheels[digest] = path
        return f"{name}=={version} --hash=sha256:{digest}"

    def _inside(self, text: str, beside: Path, where: str) -> Path:
        """A regular file in the folder, named from the one that it stands in, links followed. Raises Refused for any other."""
        name = PurePosixPath(text.strip().removeprefix("file://"))
        if name.is_relative_to(ON_AWS):
            name, beside = name.relative_to(ON_AWS), self.folder
        path = (beside / name).resolve()
        if name.is_absolute() or not path.is_relative_to(self.folder.resolve()):
            raise Refused(f"{where}: {text!r} lies outside of the folder of this file: put it beside it")
        if not path.is_file():
            raise Refused(f"{where}: there is no file {text!r} beside this one")
        return self.folder / path.relative_to(self.folder.resolve())


def _lines(file: Path, name: Path) -> Iterator[tuple[int, str]]:
    """Each line that says something, without comments, those joined that end in a backslash, with the number of the first."""
    if file.stat().st_size > MOST_BYTES:
        raise Refused(f"{name} is larger than {MOST_BYTES:,} bytes")
    try:
        text = file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refused(f"{name} is no text in UTF-8: {error}") from None
    began, joined = 0, ""
    for number, line in enumerate(text.splitlines(), 1):
        began = began if joined else number
        bare = _COMMENT.sub("", line)
        joined += bare.removesuffix("\\")
        if bare.endswith("\\"):
            continue
        if joined.strip():
            yield began, joined.strip()
        joined = ""
    if joined.strip():
        yield began, joined.strip()


def _is_path(text: str) -> bool:
    """Whether pip would take it for a file: no name, version or URL."""
    bare = text.removeprefix("file://")
    return (
        " @ " not in text
        and not _SCHEME.match(bare)
        and (bare.startswith((".", "/")) or bare.endswith(".whl"))
    )


def _elsewhere(text: str) -> str | None:
    """Why something is refused that lies elsewhere than in an index."""
    if text.startswith(("git+", "hg+", "svn+", "bzr+")):
        return f"{_BUILD}: build a wheel and put it beside this file"
    if _SCHEME.match(text):
        return f"a URL would pass by the server's rules for outbound connections, and {_SOURCE}: put the wheel beside this file"
    if text.endswith(_ARCHIVE) or "/" in text:
        return f"{_BUILD}: build a wheel and put it beside this file"
    return None
