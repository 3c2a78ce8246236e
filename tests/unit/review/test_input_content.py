"""What may be reviewed: JSON that every part of the server can write again."""

import json

import pytest

from secondlook.review.decisions import input_content
from secondlook.review.errors import Invalid


@pytest.mark.parametrize("content", ["", "{", "nope", '{"a": NaN}', "[1e400]", "-1e999", "1" * 5000])
def test_what_is_no_json_or_no_number_is_refused(content):
    with pytest.raises(Invalid, match="InputContent must be valid JSON"):
        input_content.check(content)


@pytest.mark.parametrize("depth", [input_content.DEEPEST + 1, 100_000])
def test_nesting_beyond_the_limit_is_refused(depth):
    with pytest.raises(Invalid, match="nested too deeply: 256"):
        input_content.check("[" * depth + "]" * depth)


@pytest.mark.parametrize(
    "content", ["null", '"\\ud800"', "1e308", '{"": {"a": []}}', json.dumps([[{"a": [1] * 1000}]])]
)
def test_any_other_json_is_fine(content):
    input_content.check(content)


def test_nesting_at_the_limit_is_fine():
    input_content.check("[" * 256 + "]" * 256)
