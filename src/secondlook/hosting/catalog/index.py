"""The products of one installation, found by id, by name and by ARN, as the folders are now.

A folder that is no product is skipped and the reason kept; the others are served. Whoever asks sees what was added, changed or taken
away since: each look compares the names, times and sizes of the files with those of the last reading.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from secondlook.hosting.catalog.product import Product
from secondlook.hosting.catalog.reading import CatalogError, read_product

log = logging.getLogger(__name__)

BUILT_IN = Path(__file__).parent
"""The folder with the products that come with the package."""


def catalog_folders(data: Path) -> tuple[Path, Path]:
    """Where the products of a server lie whose data directory is `data`; of two with one id the first counts."""
    return BUILT_IN, data / "catalog"


_Marks = tuple[tuple[Path, tuple[tuple[str, int, int, int], ...]], ...]


@dataclass(frozen=True, slots=True)
class _Index:
    """The products as they were when `marks` were taken; `skipped` says of each other folder why it is no product."""

    marks: _Marks = ()
    by_id: dict[str, Product] = field(default_factory=dict)
    by_name: dict[str, Product] = field(default_factory=dict)
    skipped: dict[str, str] = field(default_factory=dict)

    def put(self, product: Product) -> None:
        """Raises CatalogError where an earlier product has its id or one of its names."""
        if product.id in self.by_id:
            raise CatalogError(f"{product.id}: another product is called so already; rename the folder")
        names = (product.name, *product.aliases)
        for name in names:
            if name in self.by_name:
                raise CatalogError(
                    f"{product.id}/product.toml: the product {self.by_name[name].id} is called {name} already"
                )
        self.by_id[product.id] = product
        self.by_name.update(dict.fromkeys(names, product))


class Catalog:
    """Products by id. `folders` hold one folder per product; one that does not exist holds none. For any thread."""

    def __init__(self, folders: Iterable[Path] = (BUILT_IN,)) -> None:
        self._folders = tuple(folders)
        self._last = _Index()

    def products(self) -> list[Product]:
        """All of them, by id."""
        by_id = self._index().by_id
        return [by_id[key] for key in sorted(by_id)]

    def skipped(self) -> Mapping[str, str]:
        """Names of folders that are no products, and why."""
        return self._index().skipped

    def by_id(self, id: str) -> Product | None:  # noqa: A002  (it is called so everywhere)
        return self._index().by_id.get(id)

    def by_name(self, name: str) -> Product | None:
        """By model package name or alias."""
        return self._index().by_name.get(name)

    def by_arn(self, arn: str) -> Product | None:
        """By product ARN or an alias's ARN, of any Region; None for an ARN of another kind or seller."""
        resource, _, name = arn.partition("/")
        product = self.by_name(name)
        if product is None or not resource.endswith(f":{product.seller}:model-package"):
            return None
        return product

    def _index(self) -> _Index:
        """The index as it is now. The marks are taken before the reading, so what changes meanwhile is seen by the next look."""
        marks, index = tuple((place, _mark(place)) for place in self._places()), self._last
        if marks != index.marks:
            self._last = index = _read(marks, index.skipped)
        return index

    def _places(self) -> Iterator[Path]:
        for folder in self._folders:
            if folder.is_dir():
                # A name that begins with a dot or a line is not there yet, or something else.
                yield from sorted(
                    place for place in folder.iterdir() if place.is_dir() and place.name[0] not in "._"
                )


def _read(marks: _Marks, known: Mapping[str, str]) -> _Index:
    """The index; says which folders are skipped that were not `known` to be."""
    index = _Index(marks)
    for place, _ in marks:
        try:
            index.put(read_product(place))
        except CatalogError as error:
            index.skipped[place.name] = str(error)
            if known.get(place.name) != str(error):
                log.warning("the catalog skips a product: %s", error)
    return index


def _mark(place: Path) -> tuple[tuple[str, int, int, int], ...]:
    """What changes when a product does."""
    return tuple(sorted(_marks_within(place)))


def _marks_within(place: Path) -> Iterator[tuple[str, int, int, int]]:
    try:
        for entry in place.iterdir():
            status = entry.stat()
            yield entry.name, status.st_mtime_ns, status.st_size, status.st_ino
    except OSError:  # taken away, or not for us to read: the reading says so
        yield "", 0, 0, 0
