"""What was found out about templates lately, so that a list of them costs no parsing."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Sequence
from threading import Lock

from secondlook.review.render.errors import RenderFailed

Problems = Sequence[RenderFailed]


class Recent:
    """The problems of the `most` templates that were asked for last, by a hash of their text. Thread-safe."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._lock = Lock()
        self._problems: OrderedDict[bytes, Problems] = OrderedDict()

    def get(self, template: str) -> Problems | None:
        key = _key(template)
        with self._lock:
            problems = self._problems.get(key)
            if problems is not None:
                self._problems.move_to_end(key)
            return problems

    def put(self, template: str, problems: Problems) -> None:
        with self._lock:
            self._problems[_key(template)] = problems
            while len(self._problems) > self._most:
                self._problems.popitem(last=False)


def _key(template: str) -> bytes:
    return hashlib.sha256(template.encode("utf-8", "surrogatepass")).digest()
