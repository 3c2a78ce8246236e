"""Runs a program of an SDK as it is, but for its pauses: who looks every thirty seconds whether an endpoint is ready looks every second.

python impatient.py PROGRAM ARGUMENTS…
"""

import runpy
import sys
import time

LONGEST = 1.0
"""Seconds of a pause."""

_sleep = time.sleep
time.sleep = lambda seconds: _sleep(min(float(seconds), LONGEST))
del sys.argv[0]
runpy.run_path(sys.argv[0], run_name="__main__")
