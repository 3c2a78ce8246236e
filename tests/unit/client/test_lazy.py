"""`import secondlook` costs nothing, and names that are used are there."""

from __future__ import annotations

import subprocess
import sys

import pytest

import secondlook


def test_importing_the_package_imports_nothing_of_it():
    script = "import sys, secondlook; print([name for name in sys.modules if name.startswith('secondlook.') or 'boto' in name])"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)

    assert "[]" == done.stdout.strip()


def test_a_program_that_asks_imports_no_server():
    script = """
import sys
from secondlook import ask, connect, export, results, run_batch, wait
print([name for name in ("sqlalchemy", "starlette", "secondlook.app", "secondlook.store", "click") if name in sys.modules])
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)

    assert "[]" == done.stdout.strip()


@pytest.mark.parametrize("name", secondlook._PLACES)
def test_each_name_is_there_and_explains_itself(name):
    assert name in dir(secondlook)
    assert getattr(secondlook, name).__doc__


def test_another_name_is_not():
    with pytest.raises(AttributeError, match="no attribute 'look'"):
        _ = secondlook.look
