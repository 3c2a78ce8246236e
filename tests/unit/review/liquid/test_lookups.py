"""Finding values in the task's input [crowd-elements/liquid.md: Look-ups that must work]."""

from __future__ import annotations

import pytest

INPUT = {
    "translation": {"language": "de"},
    "source-ref": "s3://bucket/a",
    "box-metadata": {"class-map": {"0": "cat", "1": "dog"}},
    "list": [{"label": "car"}, {"label": "bus"}],
    "index": 1,
    "fields": {"b": 1, "a": 2},
    "size-less": {"size": "large"},
    "required": True,
    "for": "you",
    "limit": {"offset": 3},
    "zero": 0,
    "empty": "",
    "false": False,
    "Größe": 5,
}


@pytest.mark.parametrize(
    ("expected", "expression"),
    [
        ("de", "task.input.translation.language"),
        ("de", "task['input']['translation'].language"),
        ("s3://bucket/a", "task.input.source-ref"),
        ("s3://bucket/a", "task.input['source-ref']"),
        ("cat", "task.input.box-metadata.class-map['0']"),
        ("bus", "task.input.list[1].label"),
        ("bus", "task.input.list[-1].label"),
        ("bus", "task.input.list[task.input.index].label"),
        ("2", "task.input.list.size"),
        ("2", "task.input.list | size"),
        ("2", "task.input.fields.size"),
        ("2", "task.input.translation.language.size"),
        ("large", "task.input.size-less.size"),
        ("car", "task.input.list.first.label"),
        ("bus", "task.input.list.last.label"),
        ("true", "task.input.required"),
        ("you", "task.input.for"),
        ("3", "task.input.limit.offset"),
        ("5", "task.input.Größe"),
        ("", "task.input.TRANSLATION"),
    ],
)
def test_a_path_leads_to_its_value(page, expected, expression):
    assert expected == page(f"{{{{ {expression} }}}}", **INPUT)


def test_a_word_of_the_language_is_a_property_after_a_dot_in_tags_too(page):
    template = "{% if task.input.required and task.input.for == 'you' %}yes{% endif %}{% assign x = task.input.limit.offset %}{{ x }}"

    assert page(template, **INPUT) == "yes3"


@pytest.mark.parametrize(
    ("expected", "template"),
    [
        ("12", "{% assign limit = 2 %}{% for i in (1..5) limit: limit %}{{ i }}{% endfor %}"),
        ("bc", "{% assign offset = 1 %}{% assign limit = 2 %}{{ 'abcdef' | slice: offset, limit }}"),
        ("23", "{% for limit in (1..4) limit: 2 offset: 1 %}{{ limit }}{% endfor %}"),
        ("23", "{% for i in (1..9), limit: 2, offset: 1 %}{{ i }}{% endfor %}"),
        (
            "23",
            "{% assign limit = 3 %}{% for i in (limit..2) %}{% else %}{{ limit | minus: 1 }}{% endfor %}{{ limit }}",
        ),
        ("321", "{% for reversed in (1..3) reversed %}{{ reversed }}{% endfor %}"),
        ("yes", "{% assign in = 'in' %}{% if in contains in and in == 'in' %}yes{% endif %}"),
        ("x", "{% capture with %}x{% endcapture %}{{ with }}"),
        ("true", "{% liquid\nassign required = task.input.required\necho required\n%}"),
    ],
)
def test_a_word_of_the_language_is_a_name_where_a_value_must_stand(page, expected, template):
    assert expected == page(template, **INPUT)


def test_a_captured_number_is_a_key(page):
    template = "{% capture class_id %}{{ task.input.index }}{% endcapture %}{{ task.input.box-metadata.class-map[class_id] }}"

    assert page(template, **INPUT) == "dog"


def test_an_object_iterates_as_pairs_in_the_order_of_the_document(page):
    assert (
        page("{% for kv in task.input.fields %}{{ kv[0] }}={{ kv[1] }} {% endfor %}", **INPUT) == "b=1 a=2 "
    )


def test_a_pair_prints_as_json(page):
    assert page("{{ task.input.fields.first }}", **INPUT) == "[&quot;b&quot;,1]"


@pytest.mark.parametrize("name", ["zero", "empty", "list", "fields"])
def test_everything_but_nil_and_false_is_true(page, name):
    assert page(f"{{% if task.input.{name} %}}yes{{% endif %}}", **INPUT) == "yes"


@pytest.mark.parametrize("name", ["false", "missing", "missing.further", "list[9].label"])
def test_nil_false_and_missing_are_false(page, name):
    assert page(f"{{% if task.input.{name} %}}yes{{% else %}}no{{% endif %}}", **INPUT) == "no"


@pytest.mark.parametrize(
    "condition",
    [
        "task.input.missing == null",
        "task.input.list != null",
        "task.input.index > 0",
        "task.input.false != true",
        "task.input.translation.language != 'en'",
        "task.input.missing or task.input.list",
        "task.input.list and task.input.list[0].label == 'car'",
        "task.input.translation.language contains 'd'",
        "task.input.empty == blank",
        "task.input.empty == empty",
    ],
)
def test_a_condition_holds(page, condition):
    assert page(f"{{% if {condition} %}}yes{{% endif %}}", **INPUT) == "yes"


@pytest.mark.parametrize(
    "expression",
    [
        "task.__class__",
        "task.input.__class__.__mro__",
        "task.input['__init__'].__globals__",
        "task.input.list.append",
        "task.input.list['__len__']",
        "task.input.translation.language.format",
        "task.input.translation.items",
        "task.input.missing.token",
        "task.input.missing.__class__",
    ],
)
def test_python_is_out_of_reach(page, expression):
    assert page(f"{{{{ {expression} }}}}{{% assign x = {expression} %}}{{{{ x }}}}", **INPUT) == ""


@pytest.mark.parametrize("attribute", ["__class__", "__getitem__", "it", "step", "_index", "_keys"])
def test_the_objects_of_loops_show_their_documented_properties_only(page, attribute):
    assert page(f"{{% for i in (1..2) %}}{{{{ forloop.{attribute} }}}}{{% endfor %}}") == ""
