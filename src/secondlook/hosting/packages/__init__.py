"""Model packages behind one interface, whatever source they are kept in [hosting.md, Model packages]."""

from __future__ import annotations

from sqlalchemy import Connection

from secondlook.hosting.errors import Invalid, NotFound
from secondlook.hosting.images import Images
from secondlook.hosting.packages import subscriptions
from secondlook.hosting.packages.package import APPROVED, Package, Source
from secondlook.hosting.packages.products import Products
from secondlook.hosting.packages.registered import Registered
from secondlook.names import Place

__all__ = ["Package", "Packages", "Products", "Registered", "Source"]


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
        package = self.get(cx, name_or_arn)
        if package is None:
            is_arn = name_or_arn.startswith("arn:")
            arn = name_or_arn if is_arn else self._place.arn("model-package", name_or_arn)
            raise NotFound(f"ModelPackage {arn} does not exist.")
        if name_or_arn.startswith("arn:") and name_or_arn.split(":")[3] != self._place.region:
            raise Invalid(f"The ARN {name_or_arn} should be scoped to correct region: {self._place.region}")
        return package

    def find_usable(self, cx: Connection, name_or_arn: str) -> Package:
        """As `find`; raises Invalid if it has to be subscribed to, in AWS's words, or approved, and is not."""
        package = self.find(cx, name_or_arn)
        if package.approval not in (None, APPROVED):
            raise Invalid(
                f"The model package {package.arn} is {package.approval}: a model is made of it once UpdateModelPackage has set its "
                f"ModelApprovalStatus to {APPROVED}."
            )
        if package.offering is not None and package.offering not in subscriptions.subscribed(cx):
            raise Invalid("Caller is not subscribed to the marketplace offering.")
        return package

    def usable(self, cx: Connection) -> list[Package]:
        """Those that models can be made from now, but for those that lists page through by their rows."""
        return [package for source in self._sources for package in source.usable(cx)]

    def get(self, cx: Connection, name_or_arn: str) -> Package | None:
        """The package of that name or ARN, if there is one."""
        packages = (source.find(cx, name_or_arn) for source in self._sources)
        return next(filter(None, packages), None)
