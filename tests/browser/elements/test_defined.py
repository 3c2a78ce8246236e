"""The server and the browser agree on which elements exist."""

from __future__ import annotations

import pytest

from secondlook.review.render import attributes, elements

pytestmark = pytest.mark.browser


def test_what_the_server_says_is_served_is_what_the_bundle_defines(open_page):
    tags = [*elements.AMAZONS, *elements.served()]
    page = open_page("".join(f"<{tag}></{tag}>" for tag in tags))
    defined = page.evaluate("(tags) => tags.filter((tag) => customElements.get(tag) !== undefined)", tags)

    assert set(elements.served()) == set(defined) == {*elements.AMAZONS, *elements.OURS}


@pytest.mark.parametrize("tag", attributes.ATTRIBUTES)
def test_the_attributes_that_the_server_knows_are_those_that_the_element_reads(open_page, tag):
    page = open_page(f"<{tag}></{tag}>")
    observed = page.evaluate(
        "async (tag) => { await customElements.whenDefined(tag); return customElements.get(tag).observedAttributes; }",
        tag,
    )

    assert set(observed) <= set(attributes.ATTRIBUTES[tag])
    assert set(attributes.ATTRIBUTES[tag]) - {"disabled"} <= set(observed)
