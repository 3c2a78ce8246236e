"""The door for people: the worker's portal and the small console, plain HTML first.

`app(services)` is the whole door, and `owns(path)` tells what is behind it; only `secondlook.app` calls them. Every page
is a module of `portal` or `console`: it fills a dataclass, which one template of the same name renders.
"""

from secondlook.pages.services import Services
from secondlook.pages.site import app, owns

__all__ = ["Services", "app", "owns"]
