"""From a container to something that can be started: libraries checked, artifacts fetched, command known."""

from __future__ import annotations

from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

from secondlook.hosting.archive import ENDINGS, unpacked
from secondlook.hosting.artifacts import Unavailable, fetch
from secondlook.hosting.catalog import Catalog, Product
from secondlook.hosting.container import Container
from secondlook.hosting.local import NotPrepared
from secondlook.hosting.process import Launch, runtime_command
from secondlook.outbound import Outbound

Launcher = Callable[[Container], Launch]


def launcher(catalog: Catalog, cache: Path, mirror: Path | None, outbound: Outbound) -> Launcher:
    """A function that prepares containers with what this installation has. It raises NotPrepared."""

    def launch(container: Container) -> Launch:
        product = catalog.by_id(container.product)
        if product is None:
            raise NotPrepared(_missing(catalog, container.product))
        _check_libraries(product)
        return Launch(
            runtime_command(product.runtime),
            container.environment,
            _model_dir(product, cache, mirror, outbound),
        )

    return launch


def _missing(catalog: Catalog, product: str) -> str:
    """Why a product that was there is not."""
    why = catalog.skipped().get(product)
    return why or f"the product {product} is no longer in the catalog"


def _check_libraries(product: Product) -> None:
    """Say which libraries are missing before a process would fail on the first of them."""
    missing = [name for name in product.needs if find_spec(name) is None]
    if missing:
        raise NotPrepared(
            f"the runtime {product.runtime} needs {', '.join(missing)}, not installed here: "
            "install the model libraries with `pip install 'secondlook[models]'`"
        )


def _model_dir(product: Product, cache: Path, mirror: Path | None, outbound: Outbound) -> Path:
    if product.artifact is None:
        return product.model_dir or product.folder
    try:
        file = fetch(product.artifact, cache, mirror, outbound)
        return unpacked(file) if file.name.endswith(ENDINGS) else file.parent
    except Unavailable as reason:
        raise NotPrepared(str(reason)) from reason
