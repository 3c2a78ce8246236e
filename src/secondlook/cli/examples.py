"""The worker task templates to begin with: `examples/templates` of the repository, which a wheel carries (`hatch_build.py`)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from secondlook.cli.errors import CommandError

HERE = Path(__file__).parent
CARRIED = HERE / "example_templates"
FOLDER = CARRIED if CARRIED.is_dir() else HERE.parents[2] / "examples/templates"
TEMPLATE = "template.liquid.html"
SCHEMA = "answer.schema.json"

BUCKET = "EXAMPLE-BUCKET"
"""Stands in the samples for a bucket of the user's own."""

_MEDIA = (FOLDER / "media", HERE / "samples")
_OBJECT = re.compile(rf"s3://{BUCKET}/([\w.-]+)|\"name\": \"([\w.-]+\.\w+)\"")
"""An object of it: as a URI, or the second half of an `s3Object` as A2I has it."""

_ROW = re.compile(r"\| \[([\w-]+)\]\([^)]*\) \| (.*) \| (.*) \|")


@dataclass(frozen=True, slots=True)
class Example:
    """One folder, and its row in their README."""

    name: str
    purpose: str
    means: str

    @property
    def template(self) -> Path:
        return FOLDER / self.name / TEMPLATE

    @property
    def sample(self) -> str:
        """A `task.input`, as JSON."""
        return (FOLDER / self.name / "input.json").read_text(encoding="utf-8")

    @property
    def schema(self) -> str:
        """The JSON Schema of its answer."""
        return (FOLDER / self.name / SCHEMA).read_text(encoding="utf-8")

    @property
    def media(self) -> list[Path]:
        """The files that the sample names as objects of BUCKET."""
        names = dict.fromkeys(name for found in _OBJECT.findall(self.sample) for name in found if name)
        return [next(path for folder in _MEDIA if (path := folder / name).is_file()) for name in names]

    def copy(self, parent: Path, bucket: str) -> Iterator[Path]:
        """Makes the folder `parent / name`; the paths of the files in it, as they are written."""
        folder = parent / self.name
        if folder.exists():
            raise CommandError(f"{folder} is there already; nothing in it was changed.")
        folder.mkdir(parents=True)
        bodies = {path.name: path.read_bytes() for path in (self.template, *self.media)}
        bodies |= {SCHEMA: self.schema.encode(), "input.json": self.sample.replace(BUCKET, bucket).encode()}
        for name, body in bodies.items():
            (folder / name).write_bytes(body)
            yield folder / name


def every() -> list[Example]:
    """All examples, as the README lists them."""
    rows = _ROW.findall((FOLDER / "README.md").read_text(encoding="utf-8"))
    return [Example(name, purpose, means.replace("`", "")) for name, purpose, means in rows]


def find(name: str) -> Example:
    """The example with this name; raises CommandError where there is none."""
    examples = {example.name: example for example in every()}
    if name in examples:
        return examples[name]
    close = get_close_matches(name, examples, n=1)
    advice = f"did you mean {close[0]}?" if close else 'see "secondlook templates examples".'
    raise CommandError(f"There is no example {name}; {advice}")
