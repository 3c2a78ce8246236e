"""Runs a program of an SDK as it is, but for its waiting: who looks every thirty seconds whether an endpoint is ready looks every second,
and nobody waits at its end for threads of the SDK that wait for what never comes, such as the failure of a call that was answered.

python impatient.py PROGRAM ARGUMENTS…
"""

import os
import runpy
import sys
import time

LONGEST = 1.0
"""Seconds of a pause."""

_sleep = time.sleep
time.sleep = lambda seconds: _sleep(min(float(seconds), LONGEST))
del sys.argv[0]
runpy.run_path(sys.argv[0], run_name="__main__")
sys.stdout.flush()
sys.stderr.flush()
os._exit(0)
