"""Requests of a job, sent to its instances: several at once, some more than a process predicts, so that it never waits for us."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from secondlook.hosting import contract
from secondlook.hosting.instances.instance import Address, Instance
from secondlook.hosting.invocation.connection import Connections, NoConnection
from secondlook.hosting.invocation.receiver import Answer, BrokenOff
from secondlook.hosting.transform.definition import Requests
from secondlook.hosting.transform.turns import Turns

AHEAD = 3
"""Requests that wait in a process of ours while it predicts; its workers are MaxConcurrentTransforms, so no more run at once."""

PATIENCE = 60.0
"""Seconds that a try waits for an instance that is just being restarted."""

LOOK_SECONDS = 0.05
"""Between looks whether it answers again."""

PAUSES = (0.2, 1.0, 3.0)
"""Seconds before the first, second, third retry."""

QUOTED = 1024
"""Bytes of a model's error that are told."""

TRY_AGAIN = frozenset({408, 429})


class Refused(Exception):
    """The model has not answered, for all retries. `is_clients` says whether it took the request for wrong (4xx).

    `is_gone` says that there was no answer at all, so that what others asked at the same time may be the reason.
    """

    def __init__(self, message: str, *, is_clients: bool = False, is_gone: bool = False) -> None:
        super().__init__(message)
        self.is_clients = is_clients
        self.is_gone = is_gone


@dataclass(frozen=True, slots=True)
class _Request:
    payload: bytes
    answer: asyncio.Future[bytes]


class Calls:
    """Belongs to one event loop. `lanes` are the instances, each as often as it takes requests at once."""

    def __init__(
        self, lanes: Sequence[Instance], requests: Requests, headers: Mapping[str, str], *, ahead: int = 0
    ) -> None:
        self.width = len(lanes)
        self._lanes = lanes
        self._requests = requests
        self._headers = dict(headers)
        self._timeout = requests.timeout * (
            1 + ahead
        )  # one that waits in the process waits for those before it
        self._turns = {id(instance): Turns() for instance in lanes}
        self._waiting: asyncio.Queue[_Request] = asyncio.Queue()
        self._connections = Connections(max(requests.payload, contract.MAX_PAYLOAD))

    def submit(self, payload: bytes) -> asyncio.Future[bytes]:
        """The answer that will be there, or Refused. Whoever submits bounds how many wait."""
        request = _Request(payload, asyncio.get_running_loop().create_future())
        self._waiting.put_nowait(request)
        return request.answer

    async def run(self) -> None:
        """Send what is submitted, until cancelled."""
        senders = [asyncio.create_task(self._send(instance)) for instance in self._lanes]
        try:
            await asyncio.gather(*senders)
        finally:
            for sender in senders:
                sender.cancel()
            await asyncio.gather(*senders, return_exceptions=True)
            self._connections.close()

    async def _send(self, instance: Instance) -> None:
        while True:
            request = await self._waiting.get()
            if request.answer.cancelled():
                continue
            try:
                answer = await self._answer(instance, request.payload)
            except Refused as error:
                if not request.answer.done():
                    request.answer.set_exception(error)
                    request.answer.exception()  # heard of, also if nobody waits any more
            else:
                if not request.answer.done():
                    request.answer.set_result(answer)

    async def _answer(self, instance: Instance, payload: bytes) -> bytes:
        tried, alone = 0, False
        while True:
            try:
                async with self._turns[id(instance)].turn(alone=alone):
                    return await self._try(instance, payload)
            except Refused as error:
                if error.is_clients or tried >= self._requests.retries:
                    raise
                alone = alone or error.is_gone
            await asyncio.sleep(PAUSES[min(tried, len(PAUSES) - 1)])
            tried += 1

    async def _try(self, instance: Instance, payload: bytes) -> bytes:
        address = await _address(instance)
        try:
            async with asyncio.timeout(self._timeout):
                answer = await self._connections.post(address, contract.INVOCATIONS, self._headers, payload)
        except TimeoutError:
            raise Refused(
                f"the model did not answer within {self._requests.timeout:g} seconds", is_gone=True
            ) from None
        except (NoConnection, BrokenOff, OSError) as error:
            instance.doubt(address)
            raise Refused(f"the model broke off before it answered: {error}", is_gone=True) from error
        if answer.status in contract.SUCCESS and answer.whole:
            return answer.body
        raise _refusal(answer)


async def _address(instance: Instance) -> Address:
    """Where it answers, once it does. Raises Refused."""
    for _ in range(int(PATIENCE / LOOK_SECONDS)):
        if (address := instance.address) is not None:
            return address
        await asyncio.sleep(LOOK_SECONDS)
    raise Refused(f"no instance answered for {PATIENCE:g} seconds", is_gone=True)


def _refusal(answer: Answer) -> Refused:
    if not answer.whole:
        return Refused(
            f"the answer has more than the {len(answer.body):,} bytes that are taken", is_clients=True
        )
    is_clients = answer.status in contract.CLIENT_ERROR and answer.status not in TRY_AGAIN
    side = "client" if answer.status in contract.CLIENT_ERROR else "server"
    said = answer.body[:QUOTED].decode(errors="replace")
    return Refused(
        f'Received {side} error ({answer.status}) from primary with message "{said}"', is_clients=is_clients
    )
