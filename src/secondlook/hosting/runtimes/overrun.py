"""A prediction that does not come back would leave its worker busy for good, so the process ends and is started again.

No thread can be stopped from outside in Python; the process can. SageMaker's model servers do the same after
`SAGEMAKER_MODEL_SERVER_TIMEOUT` seconds; here never later than when nobody waits for the answer any more, which is after ANSWER_SECONDS
unless the request says how long (CALL_SECONDS), or a transform job asks.
"""

from __future__ import annotations

import faulthandler
import os
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress

from secondlook.hosting.contract import ANSWER_SECONDS, BATCH, CALL_SECONDS_MOST, TIMEOUT

STATUS = 70
"""Exit status, EX_SOFTWARE of sysexits.h."""


class Overrun:
    """Knows which predictions run, and until when each may. `seconds` is what one may take, `longest` what one that asks for more."""

    def __init__(self, seconds: float, longest: float = CALL_SECONDS_MOST) -> None:
        self._seconds = seconds
        self._longest = longest
        self._until: dict[int, tuple[float, float]] = {}

    def watch(self) -> None:
        """From now on, end with the first prediction that takes too long."""
        threading.Thread(target=self._watch, name="overrun", daemon=True).start()

    @contextmanager
    def prediction(self, asked: str = "") -> Iterator[None]:
        """Around a prediction, in its thread. `asked` is the header CALL_SECONDS; what is no number is as none."""
        thread, seconds = threading.get_ident(), self._seconds
        with suppress(ValueError):
            seconds = min(float(asked), self._longest)
        self._until[thread] = time.monotonic() + seconds, seconds
        try:
            yield
        finally:
            del self._until[thread]

    def _watch(self) -> None:
        while (seconds := self._is_over()) is None:
            time.sleep(min(1.0, self._seconds / 10))
        # Past Python's own streams and logging: the prediction may hang while it holds a lock of theirs.
        said = (
            f"a prediction has run for over {seconds:g} seconds: the process ends; its threads were here:\n"
        )
        os.write(2, said.encode())
        faulthandler.dump_traceback(2)
        os._exit(STATUS)

    def _is_over(self) -> float | None:
        """What a prediction might have taken that goes on."""
        now = time.monotonic()
        return next((seconds for until, seconds in tuple(self._until.values()) if until < now), None)


def allowed(environment: Mapping[str, str], most: float | None = None) -> float:
    """Seconds that a prediction may take, up to `most`, else as long as somebody waits for it.

    Raises SystemExit for a setting that is no number of them.
    """
    if most is None:
        most = CALL_SECONDS_MOST if environment.get(BATCH) == "true" else ANSWER_SECONDS
    setting = environment.get(TIMEOUT) or str(most)
    try:
        seconds = float(setting)
    except ValueError:
        seconds = 0.0
    if not seconds > 0:
        raise SystemExit(f"{TIMEOUT} is {setting!r}; right is a number of seconds over 0")
    return min(seconds, most)
