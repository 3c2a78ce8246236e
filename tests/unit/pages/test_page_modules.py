"""Each template uses exactly what its dataclass gives, every field is described; every page is served, every notice known."""

import dataclasses
import importlib
import inspect
import pkgutil
import re

import pytest
from jinja2 import meta

from secondlook.pages import console, errors, layout, portal
from secondlook.pages.console.excerpt import Excerpt
from secondlook.pages.rendering import TEMPLATES, environment

MODULES = [
    importlib.import_module(module.name)
    for package in (portal, console)
    for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}.")
]
PAGES = [
    context
    for module in (*MODULES, errors, layout)
    for _, context in inspect.getmembers(module, inspect.isclass)
    if dataclasses.is_dataclass(context) and context.__module__ == module.__name__ and context is not Excerpt
]
NAMES = sorted(path.relative_to(TEMPLATES).as_posix() for path in TEMPLATES.rglob("*.html"))
WHOLE = [context for context in PAGES if hasattr(context, "template")]


def used(name: str) -> set[str]:
    """Variables that a template, and those it includes or extends, take from outside."""
    jinja = environment()
    tree = jinja.parse((TEMPLATES / name).read_text())
    variables = meta.find_undeclared_variables(tree) - set(jinja.globals)
    for other in meta.find_referenced_templates(tree):
        variables |= used(other)
    return variables


@pytest.mark.parametrize("page", WHOLE, ids=lambda context: context.__name__)
def test_a_template_uses_what_it_is_given_and_no_more(page):
    assert used(page.template) == {field.name for field in dataclasses.fields(page)}


@pytest.mark.parametrize("page", PAGES, ids=lambda context: context.__name__)
def test_every_field_is_described(page):
    missing = [field.name for field in dataclasses.fields(page) if f"`{field.name}`" not in page.__doc__]

    assert missing == []


@pytest.mark.parametrize("name", NAMES)
def test_every_template_compiles(name):
    environment().get_template(name)


def test_every_template_is_a_page_or_part_of_one():
    reached, left = set(), [page.template for page in WHOLE]
    while left:
        name = left.pop()
        reached.add(name)
        left += meta.find_referenced_templates(environment().parse((TEMPLATES / name).read_text()))

    assert set(NAMES) == reached


def test_every_page_with_routes_is_served():
    assert {module for module in MODULES if hasattr(module, "ROUTES")} == {*portal.PAGES, *console.PAGES}


NOTICES = {key for module in MODULES for key in getattr(module, "NOTICES", ())}


def test_every_notice_that_is_sent_is_known_and_every_known_one_is_sent():
    sources = "".join(inspect.getsource(module) for module in MODULES)

    assert NOTICES >= {*re.findall(r'(?<=notice=)[a-z-]+|(?<=back\(")[a-z-]+', sources)}
    assert [] == [key for key in NOTICES if len(re.findall(rf"(?<![\w-]){key}(?![\w-])", sources)) < 2]
