"""A prediction that does not come back would leave its worker busy for good, so the process ends and is started again.

No thread can be stopped from outside in Python; the process can. SageMaker's model servers do the same after
`SAGEMAKER_MODEL_SERVER_TIMEOUT` seconds; here never later than ANSWER_SECONDS, when nobody waits for the answer any more, unless a transform job does.
"""

from __future__ import annotations

import faulthandler
import os
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from secondlook.hosting.contract import ANSWER_SECONDS, BATCH, BATCH_ANSWER_SECONDS, TIMEOUT

STATUS = 70
"""Exit status, EX_SOFTWARE of sysexits.h."""


class Overrun:
    """Knows which predictions run, and since when. `seconds` is what each may take."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._began: dict[int, float] = {}

    def watch(self) -> None:
        """From now on, end with the first prediction that takes too long."""
        threading.Thread(target=self._watch, name="overrun", daemon=True).start()

    @contextmanager
    def prediction(self) -> Iterator[None]:
        """Around a prediction, in its thread."""
        thread = threading.get_ident()
        self._began[thread] = time.monotonic()
        try:
            yield
        finally:
            del self._began[thread]

    def _watch(self) -> None:
        while not self._is_over():
            time.sleep(min(1.0, self._seconds / 10))
        # Past Python's own streams and logging: the prediction may hang while it holds a lock of theirs.
        said = f"a prediction has run for over {self._seconds:g} seconds: the process ends; its threads were here:\n"
        os.write(2, said.encode())
        faulthandler.dump_traceback(2)
        os._exit(STATUS)

    def _is_over(self) -> bool:
        latest = time.monotonic() - self._seconds
        return any(began < latest for began in tuple(self._began.values()))


def allowed(environment: Mapping[str, str]) -> float:
    """Seconds that a prediction may take. Raises SystemExit for a setting that is no number of them."""
    setting = environment.get(TIMEOUT) or str(ANSWER_SECONDS)
    try:
        seconds = float(setting)
    except ValueError:
        seconds = 0.0
    if not seconds > 0:
        raise SystemExit(f"{TIMEOUT} is {setting!r}; right is a number of seconds over 0")
    most = BATCH_ANSWER_SECONDS if environment.get(BATCH) == "true" else ANSWER_SECONDS
    return min(seconds, most)
