"""What is equal, comes before or contains what."""

from __future__ import annotations

import pytest

INPUT = {"f": False, "list": [1, "a", True], "object": {"a": 1}, "text": "a1", "space": " \n", "nothing": []}


@pytest.mark.parametrize(
    "condition",
    [
        "nil == blank",
        "missing == blank",
        "task.input.f == blank",
        "blank == task.input.f",
        "task.input.space == blank",
        "task.input.nothing == blank",
        "task.input.nothing == empty",
        "1 == 1.0",
        "'b' > 'a'",
        "2 >= 1.5",
        "task.input.list contains 'a'",
        "task.input.object contains 'a'",
        "task.input.text contains 1",
        "(1..3) contains 2",
    ],
)
def test_a_condition_holds_as_in_ruby(page, condition):
    template = f"{{% if {condition} %}}yes{{% endif %}}{{% unless {condition} %}}no{{% endunless %}}"

    assert page(template, **INPUT) == "yes"


@pytest.mark.parametrize(
    "condition",
    [
        "task.input.f == empty",
        "missing == empty",
        "0 == blank",
        "1 == true",
        "true < 2",
        "task.input.list > 0",
        "task.input.object >= task.input.object",
        "missing <= 1",
        "task.input.list contains 2",
        "7 contains 7",
        "task.input.text contains nil",
        "(1..3) contains 'a'",
    ],
)
def test_a_condition_does_not_hold(page, condition):
    assert page(f"{{% if false %}}{{% elsif {condition} %}}yes{{% else %}}no{{% endif %}}", **INPUT) == "no"


def test_a_case_compares_as_conditions_do(page):
    template = "{% case task.input.f %}{% when 0 %}zero{% when blank %}blank{% endcase %}"

    assert page(template, **INPUT) == "blank"


def test_more_than_values_after_when_is_a_fault(problem):
    error = problem("{% case x %}{% when 'a' and 'b' %}{% endcase %}")

    assert ("InvalidTemplate", 1) == (error.code, error.line)
