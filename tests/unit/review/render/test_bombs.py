"""What a hostile template or input costs: one child, a clear reason, and nothing else."""

from __future__ import annotations

import json

import pytest

from secondlook.review.render import Renderer, RenderFailed

LONG = "x" * 100_000


@pytest.fixture(scope="module")
def hasty():
    with Renderer(workers=1, seconds=0.5, grants=10) as renderer:
        yield renderer


def failure(renderer: Renderer, template: str, task_input: str = "{}") -> RenderFailed:
    """How the template fails. The next page through the same renderer must be fine."""
    with pytest.raises(RenderFailed) as caught:
        renderer.render(template, task_input, lambda uri: uri)
    assert renderer.render("{{ 1 | plus: 1 }}", "{}", lambda uri: uri) == "2"
    return caught.value


@pytest.mark.parametrize(
    "template",
    [
        # 100,000 times 400,000 characters.
        f"{{% assign a = '{LONG}' %}}{{% assign b = a | append: a | append: a | append: a %}}{{{{ a | replace: 'x', b }}}}",
        "{% assign a = 'xxxxxxxx' %}{% for i in (1..100) %}{% assign a = a | append: a %}{% endfor %}",
        "{% for i in (1..1000000000000) reversed %}{% endfor %}",
        "{{ (1..1000000000) | join }}",
    ],
)
def test_too_much_memory_is_refused(renderer, template):
    error = failure(renderer, template)

    assert (error.code, error.message) == ("MemoryLimit", "The template needs more than 512 MiB of memory.")


@pytest.mark.parametrize(
    "template",
    [
        "{% for i in (1..1000000000000) %}{% endfor %}",
        "{% for a in (1..100) %}" * 9 + "x" + "{% endfor %}" * 9,
        # Searching the end of the first raw text, then of the second, …
        "{% raw %}" * 14_000,
    ],
)
def test_too_much_time_is_refused(hasty, template):
    error = failure(hasty, template)

    assert (error.code, error.message) == (
        "Timeout",
        "The template did not finish rendering within 0.5 seconds.",
    )


def test_a_check_has_the_same_limits(hasty):
    assert ["Timeout"] == [problem.code for problem in hasty.check("{% raw %}" * 14_000)]


def test_too_long_a_page_is_refused(renderer):
    assert failure(renderer, f"{{% for i in (1..10000) %}}{LONG}{{% endfor %}}").code == "OutputLimit"


def test_too_large_a_capture_is_refused(renderer):
    template = f"{{% capture c %}}{{% for i in (1..10000) %}}{LONG}{{% endfor %}}{{% endcapture %}}"

    assert failure(renderer, template).code == "OutputLimit"


def test_too_many_links_are_refused(hasty):
    error = failure(
        hasty,
        "{% for i in (1..11) %}{{ 's3://bucket/' | append: i | grant_read_access }}{% endfor %}",
    )

    assert (error.code, error.message) == (
        "GrantLimit",
        "The template asks for links to more than 10 objects (line 1, column 55).",
    )


def test_an_integer_without_end_is_refused(hasty):
    template = "{% assign a = 9 %}{% for i in (1..30) %}{% assign a = a | times: a %}{% endfor %}{{ a }}"

    assert failure(hasty, template).code in {"InvalidParameters", "Timeout"}


@pytest.mark.parametrize("depth", [5_000, 1_000_000])
def test_an_input_nested_without_end_is_refused(renderer, depth):
    error = failure(renderer, "{{ task.input }}", "[" * depth + "]" * depth)

    assert (error.code, error.message) == ("InvalidInput", "The task's input is nested too deeply.")


def test_the_largest_input_that_a_loop_may_have_renders(renderer):
    task_input = json.dumps(["é<" * 64] * 16_000)[: 3 * 2**20]
    task_input = task_input[: task_input.rindex(",")] + "]"

    page = renderer.render("{{ task.input.size }} {{ task.input }}", task_input, str)

    assert page.startswith(f"{len(json.loads(task_input))} [&quot;é&lt;é&lt;")


def test_the_largest_template_renders(renderer):
    template = ("{{ 7 }}" * 20_000)[:128_000]

    assert renderer.render(template[: template.rindex("}}") + 2], "{}", str).startswith("77777")


def test_many_large_templates_in_turn_do_not_fill_a_child(renderer):
    for number in range(12):
        template = f"{number} " + "{{ 7 }}" * 18_000

        assert renderer.render(template, "{}", str).startswith(f"{number} 7777")
