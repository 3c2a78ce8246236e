"""The duties of asynchronous calls: ask the model and write its answer down, or end what has waited too long.

The answer is an object before the call is forgotten, and is marked with the call it belongs to: whoever does a duty again after a
kill finds it and asks no second time, so nobody sees two different answers under one name.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import CancelledError
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection

from secondlook.clock.handler import Handler, Retry, TransientFailure, Write
from secondlook.clock.handlers.answers import Answers, Asked
from secondlook.hosting.asynchronous import invocation, message
from secondlook.hosting.asynchronous.config import bucket_and_key
from secondlook.hosting.asynchronous.invocation import EXPIRE, INVOKE, Invocation
from secondlook.hosting.asynchronous.message import Outcome
from secondlook.hosting.errors import ModelBrokeOff, ModelFailed, NotInvokable, NotReady
from secondlook.names import Place
from secondlook.review import events
from secondlook.review.decisions import event
from secondlook.review.errors import ReviewError
from secondlook.store import outbox
from secondlook.store.errors import ObjectError
from secondlook.store.objects import Objects
from secondlook.store.outbox import Duty, owe
from secondlook.store.session import Store

log = logging.getLogger(__name__)

THREADS = 256
"""Calls under way at once on one server. No endpoint has more than half of what the others leave it, so none keeps all."""

WITHOUT_ENDPOINT = 8
"""Calls at once whose endpoint is gone, to be failed."""

UNTIL_EXPIRED = Retry(first=timedelta(seconds=1), longest=timedelta(seconds=30), tries=100_000)
"""A call that found no model is tried again until its time is over."""

BUSY = frozenset({429, 503})
"""Statuses by which a model says that another time would be better."""

BROKEN_TRIES = 3
"""How often a call is made whose model dies of it, or of another call that it answers at the same time."""

STILL_ASKED = timedelta(seconds=30)
"""How long a call that expires while a model is asked is left alone, until the next look."""

DROP = "drop-async-input"


@dataclass(frozen=True, slots=True)
class AsyncInvocations:
    """Payload: `{"invocation_id": 1}`. `is_over` says whether this server is stopping, and its models with it."""

    store: Store
    place: Place
    objects: Objects
    answers: Answers
    is_over: Callable[[], bool]
    now: Callable[[], datetime]

    def handlers(self) -> dict[str, Handler]:
        return {
            INVOKE: Handler(
                self.invoke,
                UNTIL_EXPIRED,
                concurrency=THREADS,
                on_give_up=self._given_up,
                by_shares=True,
                room=self._room,
            ),
            EXPIRE: Handler(self.expire, concurrency=4),
            DROP: Handler(self.drop, concurrency=2),
        }

    def invoke(self, duty: Duty) -> Write | None:
        """Ask the model, and write what it answers; or why there is no answer."""
        with self.store.read() as cx:
            call = invocation.find(cx, duty.payload["invocation_id"])
        return None if call is None else self._ended(call, self._outcome(call, duty.attempts))

    def expire(self, duty: Duty) -> Write | None:
        """End a call that has waited for its whole RequestTTLSeconds; one that a model is being asked for is left to that."""
        number = duty.payload["invocation_id"]
        with self.store.read() as cx:
            call = invocation.find(cx, number)
            is_asked = outbox.is_held(cx, INVOKE, str(number), self.store.now(cx))
        if call is None:
            return None
        if not is_asked:
            return self._ended(call, self._before(call) or self._failed(call, self._too_old(call)))
        return lambda cx, at: owe(cx, EXPIRE, duty.queueing_key, duty.payload, due=at + STILL_ASKED, now=at)

    def drop(self, duty: Duty) -> None:
        """`{"location": "s3://…"}`: remove the body of a call that is over."""
        bucket, key = bucket_and_key(duty.payload["location"])
        try:
            refusals = [refusal for refusal in self.objects.delete(bucket, key) if refusal is not None]
        except ObjectError as error:
            raise TransientFailure(f"storage: {error}") from error
        if refusals:
            raise TransientFailure(f"storage: {refusals[0]}")

    def _room(self, share: str, held: int, free: int) -> int:
        most = self.answers.concurrency(int(share))
        fair = (held + free + 1) // 2
        return min(WITHOUT_ENDPOINT if most is None else most, fair) - held

    def _outcome(self, call: Invocation, tries: int) -> Outcome:
        """Raises TransientFailure where another try may help."""
        if before := self._before(call):
            return before
        if call.expires_at <= self.now():
            return self._failed(call, self._too_old(call))
        if call.endpoint_is_gone:
            return self._failed(
                call, f"Endpoint {call.endpoint_name} was deleted before the request was processed."
            )
        return self._asked(call, tries)

    def _asked(self, call: Invocation, tries: int) -> Outcome:
        try:
            return self.answers.asked(call)
        except CancelledError as error:
            raise TransientFailure("the server is stopping") from error
        except (NotInvokable, NotReady) as error:
            raise TransientFailure(str(error)) from error
        except ObjectError as error:
            raise TransientFailure(f"storage: {error}") from error
        except ModelFailed as failed:
            is_broken = isinstance(failed, ModelBrokeOff) and tries < BROKEN_TRIES
            # A server that stops takes its models along.
            if is_broken or failed.original_status in BUSY or self.is_over():
                raise TransientFailure(str(failed)) from failed
            return self._failed(call, str(failed), failed.original_message.encode(errors="replace"))
        except Asked as refused:
            return self._failed(call, str(refused))
        except ReviewError as error:
            return self._failed(
                call, f"The prediction could not be reviewed, so it is not delivered: {error}"
            )

    def _before(self, call: Invocation) -> Outcome | None:
        """How the call ended when this was done before, by somebody who died before it was struck off."""
        try:
            return self.answers.before(call)
        except ObjectError as error:
            raise TransientFailure(f"storage: {error}") from error

    def _failed(self, call: Invocation, reason: str, body: bytes | None = None) -> Outcome:
        log.warning(
            "asynchronous inference %s of endpoint %s failed: %s",
            call.inference_id,
            call.endpoint_name,
            reason,
        )
        try:
            self.answers.write_failure(call, reason)
        except ObjectError as error:
            raise TransientFailure(f"storage: {error}") from error
        return Outcome(reason=reason, body=body)

    def _too_old(self, call: Invocation) -> str:
        with self.store.read() as cx:
            last = outbox.last_error(cx, [INVOKE], str(call.id))
        seconds = (call.expires_at - call.created_at).total_seconds()
        waited = f"The request expired: it was not processed within its RequestTTLSeconds, {seconds:g}."
        return f"{waited} The last try failed: {last}" if last else waited

    def _given_up(self, duty: Duty, reason: str) -> Write:
        """After tries without end something is wrong that is none of the call's business; its owner is told all the same."""
        with self.store.read() as cx:
            call = invocation.find(cx, duty.payload["invocation_id"])
        return (lambda _, __: None) if call is None else self._ended(call, Outcome(reason=reason))

    def _ended(self, call: Invocation, outcome: Outcome) -> Write:
        topic = message.topic(call, outcome)

        def write(cx: Connection, at: datetime) -> None:
            if not invocation.done(cx, call.id):
                return
            if "InputLocation" not in call.request:
                owe(cx, DROP, str(call.id), {"location": call.input_location}, due=at, now=at)
            if topic is not None:
                said = message.message(call, outcome, self.place.region, at)
                document = event.inference_result(
                    self.place, said, endpoint=call.endpoint_name, topic=topic, call_id=call.call_id, now=at
                )
                events.announce(cx, document, call.call_id, "", at)

        return write
