"""One asynchronous call and its objects: its input read, its model asked, its answer judged and written."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any

from secondlook.hosting.asynchronous.config import SUCCESS, bucket_and_key
from secondlook.hosting.asynchronous.invocation import LARGEST, Invocation
from secondlook.hosting.asynchronous.message import MOST_INCLUDED, Outcome
from secondlook.hosting.contract import MAX_PAYLOAD
from secondlook.hosting.invocation.large import LargeInvoker, Said, Sink, Source
from secondlook.hosting.invocation.own_loop import OwnLoop
from secondlook.names import Place
from secondlook.store import encryption
from secondlook.store.actor import Actor
from secondlook.store.conditions import OnlyIf
from secondlook.store.encryption import CUSTOMERS, is_customers
from secondlook.store.errors import BodyLost, NoSuchBucket, NoSuchKey, PreconditionFailed
from secondlook.store.incoming import Incoming
from secondlook.store.objects import BINARY, About, Objects, Stored
from secondlook.together.human_loop_config import HumanLoopConfig
from secondlook.together.predict_and_review import Activation, PredictAndReview, Reviewer
from secondlook.together.subject import Predicted, Subject

log = logging.getLogger(__name__)

CALL = "invocation-id"
"""The metadata of an answer that says which call it belongs to."""

DECISION, LOOP, PREDICTION = "human-loop-decision", "human-loop-arn", "prediction-id"
"""The metadata of an answer that was judged by activation conditions."""

TEXT, JSON = "text/plain; charset=utf-8", "application/json"

MOST_REVIEWED = 64 << 20
"""Bytes of an input that is reviewed: it is held in memory while its loop is started."""


class Asked(Exception):
    """Why a call cannot be answered, whoever tries: its input, or the place for its answer, is not what it should be."""


@dataclass(frozen=True, slots=True)
class Answers:
    """Asks models in an event loop of its own. All methods block."""

    place: Place
    objects: Objects
    invoker: LargeInvoker
    loop: OwnLoop
    reviews: PredictAndReview
    now: Callable[[], datetime]

    def concurrency(self, endpoint_id: int) -> int | None:
        """How many calls of an endpoint may be in hand here just now (`LargeInvoker.concurrency`)."""
        return self.invoker.concurrency(endpoint_id)

    def before(self, call: Invocation) -> Outcome | None:
        """What this call was answered already, or that it failed. Raises ObjectError."""
        if (stored := self._present(call.output_location)) and stored.metadata.get(CALL) == call.call_id:
            return self._told(call, stored)
        if call.failure_location is None or (stored := self._present(call.failure_location)) is None:
            return None
        if stored.metadata.get(CALL) != call.call_id:
            return None
        with self.objects.get(*bucket_and_key(call.failure_location)) as opened:
            text = opened.all().decode(errors="replace")
        return Outcome(reason=json.loads(text)["message"] if stored.content_type == JSON else text)

    def asked(self, call: Invocation) -> Outcome:
        """Ask the model, have its answer judged where somebody named a flow definition, and write it.

        Raises Asked, NotInvokable, NotReady, ModelFailed, ReviewError, ObjectError.
        """
        bucket, key = bucket_and_key(call.input_location)
        try:
            stored = self._input(bucket, key)
            source: Source = FromObject(self.objects, bucket, key, stored.size)
            config = self._review_config(call)
            if config is not None:
                source = self._reviewable(source)
            return self._answered(call, source, stored, config)
        except (NoSuchBucket, NoSuchKey, BodyLost) as error:
            raise Asked(f"The input at s3://{bucket}/{key} cannot be read: {error}") from error

    def write_failure(self, call: Invocation, reason: str) -> None:
        """Write why there is no answer, where the config has a place for that. Raises ObjectError.

        As text, or as `{"message": …}` for who wants JSON: the SageMaker SDK reads it by the deserializer of the answer.
        """
        if call.failure_location is None:
            return
        bucket, key = bucket_and_key(call.failure_location)
        text, content_type = reason, TEXT
        if "json" in call.request.get("Accept", ""):
            text, content_type = json.dumps({"message": reason}), JSON
        about = self._about(call, bucket, content_type, {})
        try:
            self.objects.put(bucket, key, text.encode(errors="replace"), about, self.now())
        except NoSuchBucket:
            log.warning(
                "the failure of %s could not be written: there is no bucket %s", call.inference_id, bucket
            )

    def _input(self, bucket: str, key: str) -> Stored:
        stored = self.objects.head(bucket, key)
        if is_customers(stored.encryption):
            raise Asked(f"s3://{bucket}/{key} {CUSTOMERS}.")
        if stored.size > LARGEST:
            raise Asked(f"s3://{bucket}/{key} has {stored.size:,} bytes; a model takes at most {LARGEST:,}.")
        return stored

    def _reviewable(self, source: Source) -> InMemory:
        if source.size > MOST_REVIEWED:
            raise Asked(
                f"The input has {source.size:,} bytes; of one that is reviewed at most {MOST_REVIEWED:,} are taken."
            )
        return InMemory(b"".join(source.chunks()))

    def _review_config(self, call: Invocation) -> HumanLoopConfig | None:
        if config := HumanLoopConfig.in_attributes(call.request.get("CustomAttributes")):
            return config
        return HumanLoopConfig(call.flow_arn) if call.flow_arn else None

    def _answered(
        self, call: Invocation, source: Source, stored: Stored, config: HumanLoopConfig | None
    ) -> Outcome:
        policy = self.loop.run(self.reviews.policy(config.flow_arn)) if config else None
        before = self._present(call.output_location)
        incoming = self.objects.receive()
        try:
            kept = Kept(incoming, BytesIO() if config else None)
            said = self._ask(call, source, stored, kept)
            judged: Mapping[str, str] = {}
            if config and policy and isinstance(source, InMemory) and kept.copy is not None:
                predicted = Predicted(
                    kept.copy.getvalue(),
                    call.endpoint_name,
                    said.variant,
                    said.model_version,
                    call.request.get("InferenceId"),
                )
                subject = self._subject(call, config, source.body, stored)
                activation = self.loop.run(
                    self.reviews.review(policy, config, subject, predicted, self._reviewer(call))
                )
                judged = self._judged(activation)
        except BaseException:
            incoming.discard()
            raise
        return self._told(call, self._written(call, incoming, said, judged, before))

    def _ask(self, call: Invocation, source: Source, stored: Stored, sink: Sink) -> Said:
        """The model is told the caller's ContentType, or else the object's own: the SageMaker SDK says it there only."""
        members = {
            "content-type": "ContentType",
            "accept": "Accept",
            "x-amzn-sagemaker-custom-attributes": "CustomAttributes",
            "x-amzn-sagemaker-inference-id": "InferenceId",
        }
        headers = {name: call.request[member] for name, member in members.items() if member in call.request}
        if "InputLocation" in call.request and stored.content_type != BINARY:
            headers.setdefault("content-type", stored.content_type)
        most = MAX_PAYLOAD if isinstance(source, InMemory) else LARGEST
        return self.loop.run(self.invoker.ask(call.endpoint_name, source, sink, headers, call.seconds, most))

    def _written(
        self,
        call: Invocation,
        incoming: Incoming,
        said: Said,
        judged: Mapping[str, str],
        before: Stored | None,
    ) -> Stored:
        """The answer as an object: nobody has put another there since it was looked, not even for this call."""
        bucket, key = bucket_and_key(call.output_location)
        about = self._about(call, bucket, said.headers.get("content-type", BINARY), judged)
        only_if = OnlyIf(absent=True) if before is None else OnlyIf(etag=before.etag)
        try:
            return self.objects.put(bucket, key, incoming, about, self.now(), only_if)
        except NoSuchBucket as error:
            raise Asked(f"The answer cannot be written to s3://{bucket}/{key}: {error}") from error
        except (PreconditionFailed, NoSuchKey):
            present = self._present(call.output_location)
            if present is not None and present.metadata.get(CALL) == call.call_id:
                return present
            raise PreconditionFailed("If-Match") from None

    def _about(self, call: Invocation, bucket: str, content_type: str, judged: Mapping[str, str]) -> About:
        kept = encryption.with_key(call.config.kms_key_id) or encryption.default(self.objects, bucket)
        return About(content_type, metadata={CALL: call.call_id, **judged}, encryption=kept)

    def _told(self, call: Invocation, stored: Stored) -> Outcome:
        """The outcome of a call whose answer is there: the same, whenever it is asked for."""
        body = None
        if SUCCESS in call.config.includes and stored.size <= MOST_INCLUDED:
            with self.objects.get(*bucket_and_key(call.output_location)) as opened:
                body = opened.all()
        attributes = None
        if DECISION in stored.metadata:
            output = {
                "Decision": stored.metadata[DECISION],
                "HumanLoopArn": stored.metadata.get(LOOP),
                "PredictionId": stored.metadata.get(PREDICTION),
            }
            output = {member: value for member, value in output.items() if value is not None}
            attributes = json.dumps({"HumanLoopActivationOutput": output}, separators=(",", ":"))
        return Outcome(stored.content_type, body=body, attributes=attributes)

    def _present(self, location: str) -> Stored | None:
        try:
            return self.objects.head(*bucket_and_key(location))
        except (NoSuchKey, NoSuchBucket):
            return None

    def _subject(self, call: Invocation, config: HumanLoopConfig, body: bytes, stored: Stored) -> Subject:
        """An input in S3 is that object; one that came with the call is whatever has its bytes, and is kept if a loop starts."""
        content_type = call.request.get("ContentType") or stored.content_type
        if "InputLocation" not in call.request:
            return Subject.of(body, content_type, config.input_uri, group=config.group)
        bucket, key = bucket_and_key(call.input_location)
        return Subject.of(body, content_type, f"s3://{bucket}/{key}", stored.etag, config.group)

    def _reviewer(self, call: Invocation) -> Reviewer:
        caller: Mapping[str, Any] = call.caller
        buckets = caller["buckets"]
        return Reviewer(
            None if buckets is None else frozenset(buckets),
            Actor("AccessKey", access_key=caller["key"], origin=caller["origin"]),
            self.now(),
        )

    def _judged(self, activation: Activation) -> dict[str, str]:
        judged = {DECISION: activation.decision, PREDICTION: activation.prediction_id}
        if activation.loop_name is not None:
            judged[LOOP] = self.place.arn("human-loop", activation.loop_name)
        return judged


@dataclass(frozen=True, slots=True)
class FromObject:
    """The body of an object, read as it is sent."""

    objects: Objects
    bucket: str
    key: str
    size: int

    def chunks(self) -> Iterator[bytes]:
        with self.objects.get(self.bucket, self.key) as opened:
            if opened.stored.size != self.size:
                raise Asked(f"s3://{self.bucket}/{self.key} was replaced while it was read.")
            yield from opened.chunks()


@dataclass(frozen=True, slots=True)
class InMemory:
    """A body that is judged besides."""

    body: bytes

    @property
    def size(self) -> int:
        return len(self.body)

    def chunks(self) -> Iterator[bytes]:
        view = memoryview(self.body)
        for start in range(0, len(view), 1 << 18):
            yield bytes(view[start : start + (1 << 18)])


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer on its way to disk, and a copy of it where it is judged."""

    incoming: Incoming
    copy: BytesIO | None

    def write(self, chunk: bytes) -> None:
        self.incoming.write(chunk)
        if self.copy is not None:
            self.copy.write(chunk)
