"""Where calls of an endpoint go: kept in memory, replaced as a whole whenever the fleet changes."""

from __future__ import annotations

import asyncio
import random
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

from secondlook.hosting import contract
from secondlook.hosting.errors import NotInvokable
from secondlook.hosting.instances.instance import Address, Instance
from secondlook.hosting.instances.serverless import Serverless
from secondlook.hosting.invocation.capture import CaptureConfig
from secondlook.hosting.invocation.under_way import CallsUnderWay
from secondlook.names import Place

RESTART_PATIENCE = 15.0
"""Seconds that a call waits for an instance that is just being restarted."""


@dataclass(frozen=True, slots=True)
class Variant:
    """A production variant: its share of the calls, and the instances that take them."""

    name: str
    weight: float
    instances: tuple[Instance, ...]
    desired: int = 1
    """InitialInstanceCount; a remote server stands for all of them."""
    model_version: str = ""
    """What runs: the product, and the hash of its model where that is known."""
    most: int | None = None
    """Of an asynchronous endpoint: how many calls one of the desired instances takes at once. Others have none."""
    capture: CaptureConfig | None = None
    """What is captured of its calls, if anything: of a call that an update overtakes, what was to be when it began."""

    @property
    def answering(self) -> int:
        """How many of the desired instances answer just now."""
        ready = sum(instance.address is not None for instance in self.instances)
        return self.desired * ready // max(1, len(self.instances))

    @property
    def concurrency(self) -> int:
        """How many asynchronous calls its instances take at once just now."""
        return (self.most or 0) * self.answering

    @property
    def is_serverless(self) -> bool:
        return any(isinstance(instance, Serverless) for instance in self.instances)

    @property
    def most_bytes(self) -> int:
        """What a request may have."""
        return contract.SERVERLESS_PAYLOAD if self.is_serverless else contract.MAX_PAYLOAD

    @property
    def patience(self) -> float:
        """Seconds that a call waits for an instance: for one that sleeps, as long as for its answer; no asynchronous call does."""
        if self.most is not None:
            return 0.0
        return contract.ANSWER_SECONDS if self.is_serverless else RESTART_PATIENCE

    @contextmanager
    def call(self, endpoint: str) -> Iterator[None]:
        """Around a call: serverless instances wake, and stay awake. Raises Throttled where MaxConcurrency are under way."""
        with ExitStack() as stack:
            for instance in self.instances:
                if isinstance(instance, Serverless):
                    stack.enter_context(instance.call(endpoint))
            yield


@dataclass(frozen=True, slots=True)
class Route:
    status: str
    variants: tuple[Variant, ...]
    flow: str | None = None
    """The ARN of the flow definition whose conditions judge every prediction, if the endpoint names one."""
    endpoint_id: int = 0
    is_asynchronous: bool = False
    arriving: tuple[Variant, ...] = ()
    """The variants of an update that is under way."""
    share: float = 0.0
    """The part of the calls that goes to those, 0 to 1."""

    @property
    def concurrency(self) -> int:
        """How many asynchronous calls may be under way just now."""
        return sum(variant.concurrency for variant in self.variants) if self.status in CALLED else 0

    def named(self, name: str) -> Variant | None:
        """The variant of this name; of two, before and after an update, by its share."""
        for variants in (self.chosen(), self.variants, self.arriving if self.share else ()):
            for variant in variants:
                if variant.name == name:
                    return variant
        return None

    def chosen(self) -> tuple[Variant, ...]:
        """The variants for one call: those before an update, or those after it."""
        is_after = self.share > 0 and random.random() < self.share  # noqa: S311  (spreads load, guards nothing)
        return self.arriving if is_after else self.variants


Prefer = Callable[[list[tuple[Instance, Address]]], tuple[Instance, Address]]

CALLED = frozenset({"InService", "Updating", "RollingBack", "UpdateRollbackFailed"})
"""Statuses of endpoints that answer calls: an update takes none away [hosting.md, Endpoint configs and endpoints]."""


class Routes:
    """Read from the event loop without a lock: a reader sees the old map or the new one, both whole.

    Whoever calls a variant that they name stays inside `call` for as long as the call takes.
    """

    def __init__(self, place: Place) -> None:
        self._account = place.account
        self.calls = CallsUnderWay()
        self._routes: Mapping[str, Route] = {}
        self._lock = threading.Lock()
        self._waiting: set[tuple[asyncio.AbstractEventLoop, asyncio.Event]] = set()

    def replace(self, routes: Mapping[str, Route]) -> None:
        """Put new routes in the place of all others."""
        self._routes = routes
        self.wake()

    def choose(self, endpoint: str, target: str | None = None, *, asynchronous: bool = False) -> Variant:
        """The variant named `target`, else one at random by weight [hosting.md, InvokeEndpoint].

        Raises NotInvokable: no such endpoint, not in service, no such variant, or one for the other kind of calls.
        """
        route = self._routes.get(endpoint)
        if route is None:
            raise NotInvokable(f"Endpoint {endpoint} of account {self._account} not found.")
        if route.status not in CALLED:
            raise NotInvokable(
                f"Endpoint {endpoint} of account {self._account} is not in service: its status is {route.status}."
            )
        if route.is_asynchronous != asynchronous:
            raise NotInvokable(
                f"Endpoint {endpoint} of account {self._account} does not support this inference type."
            )
        if target is not None:
            named = route.named(target)
            if named is None:
                raise NotInvokable(
                    f"Variant {target} of endpoint {endpoint} not found; "
                    f"it has {', '.join(variant.name for variant in route.variants)}."
                )
            return named
        variants = route.chosen()
        if len(variants) == 1:
            return variants[0]
        weights = [variant.weight for variant in variants]
        if not any(weights):
            raise NotInvokable(
                f"All production variants of endpoint {endpoint} have weight 0; name one to call it."
            )
        return random.choices(variants, weights)[0]  # noqa: S311

    def knows(self, endpoint: str) -> bool:
        """Whether there was such an endpoint when the routes were made."""
        return endpoint in self._routes

    @contextmanager
    def call(self, endpoint: str, variant: Variant) -> Iterator[None]:
        """Around a call, entered in the step of the event loop that chose the variant: what may answer it is not stopped meanwhile,
        and does not sleep. Raises Throttled.
        """
        with self.calls.one(variant.instances), variant.call(endpoint):
            yield

    def number(self, endpoint: str) -> int:
        """The `endpoint_id` of an endpoint; 0 if there is none."""
        route = self._routes.get(endpoint)
        return route.endpoint_id if route else 0

    def asynchronous(self, endpoint_id: int) -> Route | None:
        """The route of an endpoint for asynchronous calls; None for one that is not there, is being deleted, or is not for such calls."""
        route = next((route for route in self._routes.values() if route.endpoint_id == endpoint_id), None)
        if route is None or route.status == "Deleting" or not route.is_asynchronous:
            return None
        return route

    def flow(self, endpoint: str) -> str | None:
        """The flow definition that an endpoint names for all its predictions (`endpoint.FLOW_TAG`)."""
        route = self._routes.get(endpoint)
        return route.flow if route else None

    def answering(self, endpoint: str) -> Mapping[str, int]:
        """Variant → its instances that answer this server just now."""
        route = self._routes.get(endpoint)
        return {variant.name: variant.answering for variant in route.variants} if route else {}

    def arriving(self, endpoint: str) -> Mapping[str, int]:
        """As `answering`, of what an update under way brings up."""
        route = self._routes.get(endpoint)
        return {variant.name: variant.answering for variant in route.arriving} if route else {}

    def wake(self) -> None:
        """Let those who wait for an instance, or for room, look again. Called from any thread."""
        with self._lock:
            waiting = tuple(self._waiting)
        for loop, event in waiting:
            loop.call_soon_threadsafe(event.set)

    async def ready(
        self, variant: Variant, patience: float, prefer: Prefer = random.choice
    ) -> tuple[Instance, Address] | None:
        """An instance that answers, and where; waits up to `patience` seconds while one is being restarted.

        `prefer` chooses among those that are ready.
        """
        if (ready := _any_ready(variant, prefer)) is not None:
            return ready
        with self.changes() as change:
            try:
                async with asyncio.timeout(patience):
                    while (ready := _any_ready(variant, prefer)) is None:
                        await change.wait()
                        change.clear()
                    return ready
            except TimeoutError:
                return None

    @contextmanager
    def changes(self) -> Iterator[asyncio.Event]:
        """Set whenever the routes are replaced, or `wake` is called; to be cleared by whoever has waited for it."""
        event = asyncio.Event()
        entry = (asyncio.get_running_loop(), event)
        with self._lock:
            self._waiting.add(entry)
        try:
            yield event
        finally:
            with self._lock:
                self._waiting.discard(entry)


def _any_ready(variant: Variant, prefer: Prefer) -> tuple[Instance, Address] | None:
    ready = [
        (instance, address) for instance in variant.instances if (address := instance.address) is not None
    ]
    return prefer(ready) if ready else None
