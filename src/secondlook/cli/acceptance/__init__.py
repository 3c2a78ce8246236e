"""The answer that an untouched task page gives: what `secondlook work --accept` submits.

`untouched(html, picture_size)` reads a rendered page as the element library would and collects what its fields hold before
anybody has done anything. It is for trying review flows by script; scripts of the page itself are not run.
"""

from secondlook.cli.acceptance.errors import CannotAccept
from secondlook.cli.acceptance.page import Element, Page, read
from secondlook.cli.acceptance.untouched import untouched

__all__ = ["CannotAccept", "Element", "Page", "read", "untouched"]
