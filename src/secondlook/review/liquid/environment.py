"""The one configuration of the language."""

from __future__ import annotations

from liquid import Environment, Node
from liquid.parser import get_parser

from secondlook.review.liquid import conditions, filters, loops, tags
from secondlook.review.liquid.context import Page
from secondlook.review.liquid.stream import Stream


class Templates(Environment):
    """Liquid as worker task templates have it.

    The library's own auto-escape stays off: it trusts literals and escapes while capturing, A2I does neither.
    """

    template_class = Page
    # As in Ruby. A block may be a loop, which adds its variables to those of the page and its roots.
    block_nesting_limit = 100
    context_depth_limit = block_nesting_limit + 4

    def setup_tags_and_filters(self, *, extra: bool = False) -> None:
        super().setup_tags_and_filters(extra=extra)
        for tag in (*tags.TAGS, *conditions.TAGS, *loops.TAGS):
            self.add_tag(tag)
        filters.register(self)

    def _parse(self, source: str) -> list[Node]:
        return get_parser(self).parse(Stream(self.tokenizer()(source)))


TEMPLATES = Templates()
