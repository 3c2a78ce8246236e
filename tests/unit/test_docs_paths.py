"""What the pages for people name is there: files, what stands in them, and the places that links lead to."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "src/secondlook"

PAGES = sorted(
    page
    for pattern in (
        "*.md",
        ".github/**/*.md",
        "docs/**/*.md",
        "bench/*.md",
        "examples/*.md",
        "elements/**/*.md",
    )
    for page in ROOT.glob(pattern)
    if "node_modules" not in page.parts
)
SOURCES = sorted(
    source
    for pattern in (
        "*.py",
        "*/*.mjs",
        "bench/**/*.py",
        "docs/*.py",
        "examples/*.py",
        "src/**/*.py",
        "tests/**/*.py",
    )
    for source in ROOT.glob(pattern)
) + sorted(source for folder in ("src", "pages") for source in (ROOT / "elements" / folder).rglob("*.ts"))

PATH = re.compile(r"`((?:\w[\w.-]*/)+[\w.*-]*)`")
FILE = re.compile(r"`([\w./-]+\.(?:py|ts|mjs))(?::(\w+))?`")
"""A source file, and the name of what stands in it."""

OF_USERS = {"inference.py", "code/inference.py"}

LINK = re.compile(r"\]\(([^)\s#:]*)(?:#([^)\s]+))?\)")
HEADING = re.compile(r"^#+ (.*)$", re.MULTILINE)
DECISION = re.compile(r"\b[Dd]ecision (\d+)\b")
PAGE_NAMED = re.compile(r"\bdocs/[\w/-]+\.md\b")


def text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def is_there(page: Path, path: str) -> bool:
    """Beside the page, in the repository or in the package. True of what does not begin as a path in one of these."""
    bases = [base for base in (page.parent, ROOT, PACKAGE) if (base / path.partition("/")[0]).exists()]
    paths = [base / path.replace("NAME", "*") for base in bases]
    return not paths or any(path.with_name(f"{path.name}.py").exists() or glob(path) for path in paths)


def glob(path: Path) -> bool:
    return any(path.parent.glob(path.name)) if path.name else path.exists()


def sources(name: str) -> list[Path]:
    """The source files whose paths end so."""
    parts = tuple(part for part in name.split("/") if part != "..")
    return [source for source in SOURCES if source.parts[-len(parts) :] == parts]


def defines(path: Path, name: str) -> bool:
    return re.search(rf"^(?:async def |def |class )?{name}\b", text(path), re.MULTILINE) is not None


def anchors(page: Path) -> set[str]:
    """The anchors of a page's headings, as GitHub makes them."""
    plain = (re.sub(r"[^\w\- ]", "", heading.lower()) for heading in HEADING.findall(text(page)))
    return {heading.replace(" ", "-") for heading in plain}


def of_page(page: Path) -> str:
    return str(page.relative_to(ROOT))


@pytest.mark.parametrize("page", PAGES, ids=of_page)
def test_a_path_that_a_page_names_is_there(page: Path) -> None:
    assert [] == [path for path in PATH.findall(text(page)) if not is_there(page, path)]


@pytest.mark.parametrize("page", PAGES, ids=of_page)
def test_a_source_file_that_a_page_names_is_there_and_holds_what_it_says(page: Path) -> None:
    files = [
        (name, what) for name, what in FILE.findall(text(page)) if name not in OF_USERS and "NAME" not in name
    ]

    assert [] == [name for name, _ in files if not sources(name)]
    assert [] == [
        f"{name}:{what}"
        for name, what in files
        if what and not any(defines(source, what) for source in sources(name))
    ]


@pytest.mark.parametrize("page", PAGES, ids=of_page)
def test_a_link_leads_to_a_page_and_its_heading(page: Path) -> None:
    links = [(page.parent / path if path else page, anchor) for path, anchor in LINK.findall(text(page))]

    assert [] == [str(target) for target, _ in links if not target.exists()]
    assert [] == [
        f"{target}#{anchor}" for target, anchor in links if anchor and anchor not in anchors(target)
    ]


def test_the_pages_that_code_names_are_there() -> None:
    pages = {page for source in SOURCES for page in PAGE_NAMED.findall(text(source))}

    assert [] == [page for page in sorted(pages) if not (ROOT / page).exists()]


def test_each_decision_has_a_number_of_its_own_and_those_that_are_named_are_there() -> None:
    numbers = [page.name[:4] for page in (ROOT / "docs/decisions").glob("[0-9]*.md")]
    named = {number for file in (*PAGES, *SOURCES) for number in DECISION.findall(text(file))}

    assert sorted(set(numbers)) == sorted(numbers)
    assert [] == [number for number in sorted(named) if number.zfill(4) not in numbers]
