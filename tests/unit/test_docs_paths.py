"""What the pages for people name is there: files, what stands in them, and the places that links lead to."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "src/secondlook"

PAGES = sorted(
    page
    for pattern in ("*.md", ".github/**/*.md", "docs/**/*.md", "bench/*.md", "examples/*.md", "elements/*.md")
    for page in ROOT.glob(pattern)
)
SOURCES = sorted(
    source for folder in ("src", "tests", "bench") for source in (ROOT / folder).rglob("*.py")
) + sorted((ROOT / "elements/src").rglob("*.ts"))

PATH = re.compile(r"`((?:[\w.-]+/)+[\w.*-]*)(?::(\w+))?`")
"""A path in backticks, and the name of what stands in that file."""

LINK = re.compile(r"\]\(([^)\s#:]*)(?:#([^)\s]+))?\)")
HEADING = re.compile(r"^#+ (.*)$", re.MULTILINE)
PAGE_NAMED = re.compile(r"\bdocs/[\w/-]+\.md\b")


def text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def within(page: Path, path: str) -> list[Path]:
    """Where a page's path may lie: beside the page, in the repository, in the package. None: it is no path of ours."""
    bases = [base for base in (page.parent, ROOT, PACKAGE) if (base / path.partition("/")[0]).exists()]
    return [base / path for base in bases]


def is_there(path: Path) -> bool:
    return path.exists() or path.with_name(f"{path.name}.py").exists() or any(path.parent.glob(path.name))


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
    paths = {path: within(page, path) for path, _ in PATH.findall(text(page))}

    assert [] == [path for path, places in paths.items() if places and not any(map(is_there, places))]


@pytest.mark.parametrize("page", PAGES, ids=of_page)
def test_what_a_page_names_in_a_file_stands_in_it(page: Path) -> None:
    names = [(path, name) for path, name in PATH.findall(text(page)) if name]

    assert [] == [
        f"{path}:{name}"
        for path, name in names
        if not any(place.is_file() and defines(place, name) for place in within(page, path))
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
