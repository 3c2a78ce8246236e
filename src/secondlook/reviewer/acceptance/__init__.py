"""The answer that an untouched task page gives: what `secondlook work --accept` submits.

`untouched(html, picture_size)` reads a rendered page as a browser would and collects what its fields hold before anybody has done
anything, each element by its rule in `elements/cases`. It is for trying review flows by script; scripts of the page itself are not run,
and what only a person can answer is CannotAccept.
"""

from secondlook.reviewer.acceptance.page import Page
from secondlook.reviewer.acceptance.untouched import untouched
from secondlook.reviewer.errors import CannotAccept

__all__ = ["CannotAccept", "Page", "untouched"]
