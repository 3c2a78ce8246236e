"""An instance that is reached by a URL: what every kind shares that runs no process here.

It is asked `GET <url>/ping` now and then and called at `<url>/invocations`, at the addresses that `outbound` allows.
"""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable

from secondlook.hosting import contract
from secondlook.hosting.errors import NotPrepared, StartFailed
from secondlook.hosting.instances.instance import Address
from secondlook.hosting.instances.settling import Settling
from secondlook.hosting.logs.log import Log
from secondlook.outbound import Limits, NotAllowed, Outbound, OutboundError
from secondlook.store.disk import outwards

PING_EVERY = 10.0
RETRY_SECONDS = 0.5
"""Between pings of a server that does not answer."""

MISSED_PINGS = 3
"""So many unanswered pings in a row, and a server that was there is called no more."""

PING_LIMITS = Limits(connect=contract.PING_SECONDS, total=contract.PING_SECONDS, size=65536)


class PingedInstance(Settling):
    """One URL. `changed` is called, from a thread of its own, whenever `address` has changed."""

    kind = ""
    """What its lines in the log begin with."""

    def __init__(
        self,
        url: str,
        outbound: Outbound,
        log: Log,
        *,
        changed: Callable[[], None] = lambda: None,
        startup: float = contract.STARTUP_SECONDS,
    ) -> None:
        super().__init__()
        self.address: Address | None = None
        self.log = log
        self._url = url.rstrip("/")
        self._outbound = outbound
        self._changed = changed
        self._startup = startup
        self._stopping = threading.Event()
        self._look = threading.Event()
        self._thread = threading.Thread(target=self._watch, name=f"watch {log.path.stem}", daemon=True)

    @property
    def log_name(self) -> str:
        return self.log.path.name

    def start(self) -> None:
        self._thread.start()

    def doubt(self, address: Address) -> None:
        if self.address == address:
            self._set_address(None, "a call broke off")
            self._look.set()

    def stop(self, grace: float = contract.STOP_SECONDS) -> None:
        self._stopping.set()
        self._look.set()
        if self._thread.is_alive():
            self._thread.join(grace)
        self.log.close()

    def prepare(self) -> None:
        """See to it that something answers at the URL: called before each ping but those after one that has passed.

        Raises StartFailed while nothing can answer, NotPrepared where nothing will unless somebody changes something.
        """

    def _watch(self) -> None:
        deadline = time.monotonic() + self._startup
        missed = 0
        while not self._stopping.is_set():
            try:
                address = self._answering(missed)
            except StartFailed as failure:
                missed += 1
                if self.address is None or missed >= MISSED_PINGS:
                    self._set_address(None, str(failure))
                if isinstance(failure, NotPrepared) or time.monotonic() > deadline:
                    self._settle(failure)
            else:
                missed = 0
                self._set_address(address, "")
                self._settle()
            self._look.wait(PING_EVERY if self.address else RETRY_SECONDS)
            self._look.clear()
        self._settle(StartFailed("it was stopped before it was ready"))

    def _answering(self, missed: int) -> Address:
        """Where it answers, after `missed` pings in a row that did not pass. Raises StartFailed."""
        try:
            if missed or self.address is None:
                self.prepare()
            return self._ping()
        except StartFailed:
            raise
        except Exception as error:  # a thread that died here would leave its endpoint Creating for ever
            raise StartFailed(outwards(error)) from error

    def _ping(self) -> Address:
        """Where the server answers. Raises NotPrepared where it may not be called, StartFailed where it does not answer."""
        url = self._url + contract.PING
        try:
            status = self._outbound.request("GET", url, limits=PING_LIMITS).status
            way = self._outbound.way(self._url)
        except NotAllowed as error:
            raise NotPrepared(str(error)) from error
        except OutboundError as error:
            raise StartFailed(str(error)) from error
        if status != 200:  # noqa: PLR2004
            raise StartFailed(f"{url} answered {status}")
        current = self.address
        if current is not None and set(current.ips) == set(way.ips):
            return (
                current  # a resolver answers in another order each time, and connections are kept by address
            )
        return Address(way.ips, way.port, way.host, way.path, way.tls)

    def _set_address(self, address: Address | None, reason: str) -> None:
        before, self.address = self.address, address
        if (before is None) == (address is None):
            return
        state = f"{self._url} answers" if address else f"{self._url} is not called: {reason}"
        with contextlib.suppress(ValueError):  # it has been stopped meanwhile
            self.log.write(f"[{self.kind}] {state}\n".encode())
        self._changed()
