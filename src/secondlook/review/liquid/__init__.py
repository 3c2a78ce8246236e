"""The language of worker task templates: Liquid, as Amazon A2I prints it. Pure: text and JSON in, HTML out.

`render` and `check` are the whole language; `literal` is what a template says without it. A template comes from a requester
and its input from anybody, so all run only in the limited child processes of `secondlook.review.render`; the server itself
never imports this package.
What A2I adds: `text` (printing and escaping), `filters`, `tags` [crowd-elements/liquid.md]. What differs from Shopify's
implementation, and why: `docs/liquid.md`.
"""

from secondlook.review.liquid.errors import RenderError, TemplateError
from secondlook.review.liquid.language import check, render
from secondlook.review.liquid.literal import HOLE, literal, may_print_elements

__all__ = ["HOLE", "RenderError", "TemplateError", "check", "literal", "may_print_elements", "render"]
