"""What a rendering template can see, and how much it can print.

The only root variable is `task`. The library's own roots (`now`, `today`, `partial`) are hidden, since an undefined
variable prints nothing and a template may use these names [crowd-elements/liquid.md: Context]. What is not there is nil:
the library's undefined values differ from it, Liquid's do not.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from io import StringIO
from typing import TextIO

from liquid import BoundTemplate, RenderContext, Token, is_undefined
from liquid.exceptions import OutputStreamLimitError
from liquid.utils import ReadOnlyChainMap

MAX_OUTPUT = 32 * 2**20
"""Bytes that a page may have, and characters that a capture may hold."""


class Page(BoundTemplate):
    """A parsed template."""

    def make_partial_namespace(self, *_: object) -> Mapping[str, object]:
        return {}


class Context(RenderContext):
    """The state of one rendering. `grant` turns an S3 URI into a link, or raises RenderError."""

    def __init__(self, page: Page, roots: Mapping[str, object], grant: Callable[[str], str]) -> None:
        super().__init__(page, globals=roots)
        self.scope = ReadOnlyChainMap(self.locals, self.globals, self.counters)
        self.grant = grant
        # One entry per open `capture`: whether something escaped by the template was printed into it.
        self.captures: list[bool] = []

    def get(self, path: list[object], *, token: Token | None, default: object = None) -> object:
        return super().get(path, token=token, default=default)

    def parentloop(self) -> object:
        loop = super().parentloop()
        return None if is_undefined(loop) else loop

    def get_buffer(self, _: TextIO | None = None) -> StringIO:
        return Buffer()


class Buffer(StringIO):
    """Output that refuses to grow beyond MAX_OUTPUT."""

    def __init__(self) -> None:
        super().__init__()
        self._left = MAX_OUTPUT

    def write(self, text: str) -> int:
        self._left -= len(text)
        if self._left < 0:
            raise OutputStreamLimitError(f"more than {MAX_OUTPUT:,} characters are printed", token=None)
        return super().write(text)
