"""Rendering of worker task templates in a small pool of limited child processes.

Limits inside the language stop neither a filter that asks for 40 GB nor a range of a million million, so templates are
rendered where the kernel sets the limits. Light to import: the language itself is loaded only by the children.
"""

from secondlook.review.render.failure import RenderFailed
from secondlook.review.render.limits import Limits
from secondlook.review.render.pool import Renderer

__all__ = ["Limits", "RenderFailed", "Renderer"]
