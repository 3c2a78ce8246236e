"""What is found in a template of what it reads."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from secondlook.agents.template_inputs import MOST_PATHS, WHOLE, inputs

EXAMPLES = sorted((Path(__file__).parents[3] / "examples/templates").glob("*/template.liquid.html"))


@pytest.mark.parametrize(
    ("template", "found"),
    [
        ("{{ task.input.text }}", {"text": "value"}),
        ("{{- task.input.a.b -}} {{ task.input.a.c | upcase }}", {"a.b": "value", "a.c": "value"}),
        ("""{{ task.input["a b"]['c'] }}""", {"a b.c": "value"}),
        ("{{ task.input.picture | grant_read_access }}", {"picture": "s3:// URI"}),
        ("{{ task.input.p }}{{ task.input.p | grant_read_access }}", {"p": "s3:// URI"}),
        ("{% for step in task.input.steps %}{{ step }}{% endfor %}", {"steps": "list"}),
        (
            "{% for s in task.input.steps %}{{ s.name }}{% for w in s.words %}{{ w.x }}{% endfor %}{% endfor %}",
            {"steps": "list", "steps[].name": "value", "steps[].words": "list", "steps[].words[].x": "value"},
        ),
        ("{% assign a = task.input.action %}{{ a.tool }}", {"action.tool": "value"}),
        ("{% if task.input.x == 'task.input.no' %}{% endif %}", {"x": "value"}),
        ("{{ task.input.steps | size }}{{ task.input.steps.size }}", {"steps": "value"}),
        ("{{ task.input.steps[0].name }}", {"steps[].name": "value"}),
        ("{{ task.input | json }}", {WHOLE: "value"}),
        ("{{ task.inputs.x }} {{ my.task.input.x }} task.input.y", {}),
        ("{{ task.input.x", {}),
        ("{{ a {{ task.input.x }}", {"x": "value"}),
        ("", {}),
    ],
)
def test_the_members_that_a_template_reads_are_found(template: str, found: dict[str, str]):
    assert found == inputs(template)


@pytest.mark.parametrize("template", EXAMPLES, ids=lambda path: path.parent.name)
def test_of_an_example_exactly_what_its_sample_has_is_found(template: Path):
    sample = json.loads((template.parent / "input.json").read_text())

    found = inputs(template.read_text())

    assert set(sample) == {path.partition(".")[0].partition("[")[0] for path in found}
    assert [] == [path for path in found if not is_there(sample, path)]


def is_there(value: Any, path: str) -> bool:
    name, _, rest = path.partition(".")
    value = value.get(name.removesuffix("[]")) if isinstance(value, dict) else None
    value = value[0] if name.endswith("[]") else value
    return value is not None and (not rest or is_there(value, rest))


@pytest.mark.parametrize(
    "template",
    ["{{" * 100_000, "{%" * 100_000, "{{ task.input.a" * 10_000, "{{ '" * 50_000, '{{ a["' * 50_000],
)
def test_tags_without_an_end_are_none(template: str):
    assert {} == inputs(template)


def test_no_more_is_told_than_somebody_could_read():
    template = "".join(f"{{{{ task.input.m{number} }}}}" for number in range(MOST_PATHS * 2))

    assert MOST_PATHS == len(inputs(template))
