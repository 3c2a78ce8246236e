"""Rendering of worker task templates in a small pool of limited child processes, and what becomes of the page then.

Limits inside the language stop neither a filter that asks for 40 GB nor a range of a million million, so templates are
rendered where the kernel sets the limits. Light to import: the language itself is loaded by the children only.

    renderer.render(template, input_content, grant)   the page as HTML, or RenderFailed
    renderer.preview(template, …)                     the page, and the problems that keep people from answering it
    renderer.judge(template, …)                       those problems alone
    renderer.check(template)                          the problems that are known without an input
    rewrite(page, bundle_url, stylesheet_url)         the same, loading our element library
    insert_head(page, head)                           the same, with markup of ours first in its head
"""

from secondlook.review.render.child_client import Preview
from secondlook.review.render.errors import RenderFailed
from secondlook.review.render.insert_head import insert_head
from secondlook.review.render.library import rewrite
from secondlook.review.render.renderer import Renderer

__all__ = ["Preview", "RenderFailed", "Renderer", "insert_head", "rewrite"]
