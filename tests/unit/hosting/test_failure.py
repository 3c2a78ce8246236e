"""What a caller is told of an error in a model's code."""

from __future__ import annotations

import re

import pytest

from .conftest import StartScript, invoke

RAISING = """
    import json, sys

    class Unreadable(Exception):
        @property
        def status_code(self): raise ValueError
        def __str__(self): raise ValueError

    class ToolkitError(Exception):
        def __init__(self, status_code, message):
            super().__init__(message)
            self.status_code = status_code

    def helper():
        return json.loads("{")

    def transform_fn(model, body, content_type, accept):
        match body:
            case "[1]": helper()
            case "[2]": raise ToolkitError(422, "no label")
            case "[3]": raise ToolkitError(200, "no error")
            case "[4]": raise ValueError
            case "[5]": return 1j
            case "[6]": return "ok", "text/html\\r\\nx: y"
            case "[7]": sys.exit("bad input")
            case "[8]": raise KeyboardInterrupt
            case "[9]": raise GeneratorExit("g")
            case "[10]": raise Unreadable
            case "[11]": raise ValueError("half: \\ud800")
            case "[12]": return "\\ud800"
"""


@pytest.mark.parametrize(
    ("body", "status", "said"),
    [
        (b"[1]", 500, "JSONDecodeError: Expecting property .* \\(code/inference.py, line 15, in helper\\)"),
        (b"[2]", 422, "ToolkitError: no label \\(code/inference.py, line 20, in transform_fn\\)"),
        (b"[3]", 500, "ToolkitError: no error"),
        (b"[4]", 500, "ValueError \\(code/inference.py, line 22, in transform_fn\\)"),
        (b"[5]", 500, "TypeError: an answer in JSON cannot hold a complex$"),
        (b"[6]", 500, "ValueError: a header holds printable ASCII"),
        (b"[7]", 500, "SystemExit: bad input \\(code/inference.py, line 25, in transform_fn\\)"),
        (b"[8]", 500, "KeyboardInterrupt \\("),
        (b"[9]", 500, "GeneratorExit: g \\("),
        (b"[10]", 500, "Unreadable: its text could not be made: ValueError \\("),
        (b"[11]", 500, r"ValueError: half: \\ud800 \("),
        (b"[12]", 500, "UnicodeEncodeError: .*surrogates not allowed$"),
    ],
)
def test_the_error_is_told_with_the_line_of_the_script_it_came_through(
    script: StartScript, body: bytes, status: int, said: str
) -> None:
    process = script(RAISING)
    process.ready()

    answered, text = invoke(process, body)

    assert status == answered
    assert re.search(said, text.decode())
