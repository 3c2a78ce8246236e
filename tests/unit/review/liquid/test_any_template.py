"""Whatever a template does with whatever input, it prints a page or fails as a template, in the template's words."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from secondlook.review.liquid import RenderError, check, render
from secondlook.review.liquid.environment import TEMPLATES

INPUTS = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from("abc"), inner, max_size=3),
    max_leaves=12,
)
VALUES = st.sampled_from(
    [
        *(
            "task.input",
            "task.input.a",
            "task.input.b",
            "task.input[0]",
            "task.input[task.input.a]",
            "(1..task.input.c)",
        ),
        *(
            "x",
            "forloop",
            "forloop.parentloop",
            "tablerowloop",
            "blank",
            "empty",
            "nil",
            "true",
            "1",
            "-1",
            "2.5",
            "'a'",
            "''",
        ),
    ]
)
FILTERS = st.builds(
    lambda name, arguments: f" | {name}" + (f": {', '.join(arguments)}" if arguments else ""),
    st.sampled_from(sorted(TEMPLATES.filters)),
    st.lists(VALUES, max_size=2),
)
EXPRESSIONS = st.builds(
    lambda value, filters: value + "".join(filters), VALUES, st.lists(FILTERS, max_size=2)
)
CONDITIONS = st.builds(
    lambda left, operator, right: f"{left} {operator} {right}",
    VALUES,
    st.sampled_from(["==", "!=", "<", ">", "<=", ">=", "contains", "and", "or"]),
    VALUES,
)


def _around(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    blocks = inner | st.builds("".join, st.lists(inner, max_size=3))
    return st.one_of(
        st.builds("{{% if {} %}}{}{{% else %}}n{{% endif %}}".format, CONDITIONS, blocks),
        st.builds(
            "{{% for x in {} limit: {} %}}{}{{% else %}}e{{% endfor %}}".format, VALUES, VALUES, blocks
        ),
        st.builds("{{% for x in {} reversed offset: {} %}}{}{{% endfor %}}".format, VALUES, VALUES, blocks),
        st.builds("{{% tablerow x in {} cols: {} %}}{}{{% endtablerow %}}".format, VALUES, VALUES, blocks),
        st.builds("{{% case {} %}}{{% when {} %}}{}{{% endcase %}}".format, VALUES, VALUES, blocks),
        st.builds("{{% capture x %}}{}{{% endcapture %}}{{{{ x }}}}".format, blocks),
    )


TEMPLATE_TEXTS = st.recursive(
    st.builds("{{{{ {} }}}}".format, EXPRESSIONS)
    | st.builds("{{% assign x = {} %}}".format, EXPRESSIONS)
    | st.builds("{{% cycle {}: {}, {} %}}".format, VALUES, VALUES, VALUES),
    _around,
    max_leaves=5,
)


@given(TEMPLATE_TEXTS, INPUTS)
def test_a_template_prints_or_fails_in_its_own_words(template, task_input):
    check(template)
    try:
        said = render(template, task_input, str)
    except RenderError as error:
        said = error.problem.message

    assert not [word for word in ("cannot be computed", "NoneType", "<class ") if word in said]
