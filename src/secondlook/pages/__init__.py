"""The door for people: the worker's portal and the small console, plain HTML first.

`app(rooms)` is the whole door, and `owns(path)` tells what is behind it; only `secondlook.app` calls them. Every page
renders one dataclass of `contexts` through one template of the same name.
"""

from secondlook.pages.rooms import Rooms
from secondlook.pages.site import app, owns

__all__ = ["Rooms", "app", "owns"]
