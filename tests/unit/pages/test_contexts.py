"""Each template uses exactly what its dataclass gives, and every field is described."""

import dataclasses
import inspect

import pytest
from jinja2 import meta

from secondlook.pages import contexts
from secondlook.pages.console import contexts as console
from secondlook.pages.rendering import TEMPLATES, environment

PAGES = [
    context
    for module in (contexts, console)
    for _, context in inspect.getmembers(module, inspect.isclass)
    if dataclasses.is_dataclass(context) and context.__module__ == module.__name__
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
