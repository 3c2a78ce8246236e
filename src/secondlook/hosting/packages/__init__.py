"""Model packages behind one interface, whatever source they are kept in [hosting.md, Model packages]."""

from __future__ import annotations

from sqlalchemy import Connection

from secondlook.hosting.errors import Invalid, NotFound
from secondlook.hosting.images import Images
from secondlook.hosting.packages import subscriptions
from secondlook.hosting.packages.package import Package, Source
from secondlook.hosting.packages.products import Products
from secondlook.names import Place

__all__ = ["Package", "Packages", "Products", "Source"]


class Packages:
    """All packages of an installation: the first source that has one of a name is asked.

    `images` say what runs a container definition that names no package.
    """

    def __init__(self, place: Place, *sources: Source, images: Images | None = None) -> None:
        self.images = images or Images()
        self._place = place
        self._sources = sources

    def find(self, cx: Connection, name_or_arn: str) -> Package:
        """The package of that name or ARN. Raises NotFound, or Invalid for an ARN of another Region."""
        packages = (source.find(cx, name_or_arn) for source in self._sources)
        package = next(filter(None, packages), None)
        if package is None:
            raise NotFound(f"ModelPackage {name_or_arn} does not exist.")
        if name_or_arn.startswith("arn:") and name_or_arn.split(":")[3] != self._place.region:
            raise Invalid(f"The ARN {name_or_arn} should be scoped to correct region: {self._place.region}")
        return package

    def find_usable(self, cx: Connection, name_or_arn: str) -> Package:
        """As `find`; raises Invalid, in AWS's words, if it has to be subscribed to and is not."""
        package = self.find(cx, name_or_arn)
        if package.offering is not None and package.offering not in subscriptions.subscribed(cx):
            raise Invalid("Caller is not subscribed to the marketplace offering.")
        return package

    def usable(self, cx: Connection) -> list[Package]:
        """Those that models can be made from now."""
        return [package for source in self._sources for package in source.usable(cx)]
