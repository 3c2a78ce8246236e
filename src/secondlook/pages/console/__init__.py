"""The console of admins. A page is a module here, or a folder, with its context, its notices, its handlers and its routes."""

from secondlook.pages.console import endpoints, gallery, loop, overview, templates
from secondlook.pages.console.people import accounts, keys

PAGES = (overview, loop, endpoints, templates, gallery, accounts, keys)
