"""A prediction and what becomes of it: judged by the conditions of a flow definition, recorded, and sent to people if in doubt.

InvokeEndpoint, Rekognition, Textract and batches call this one function after their model has answered. What is recorded and
the loop are one transaction; a caller who asks again after a failure, or never heard, gets the same loop:

    find the flow definition → (the model answers) → throw the coin, evaluate → keep the input → record, start
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from anyio import to_thread

from secondlook.names import Place
from secondlook.review.decisions import conditions, input_content
from secondlook.review.decisions.coin import coin
from secondlook.review.decisions.conditions import Evaluation
from secondlook.review.decisions.conditions.input_mapping import Input
from secondlook.review.decisions.objects import Object, objects
from secondlook.review.decisions.rights import may_use
from secondlook.review.errors import Invalid
from secondlook.review.record import Prediction, record_each
from secondlook.review.starting import Start
from secondlook.store.actor import Actor
from secondlook.store.document import Document
from secondlook.store.objects import Objects
from secondlook.store.session import Store
from secondlook.store.writer import Work
from secondlook.together import kept_input
from secondlook.together.human_loop_config import HumanLoopConfig
from secondlook.together.policy import Policies, Policy
from secondlook.together.subject import Predicted, Subject
from secondlook.wire.by_size import run_by_size

MOST_INPUT = 3_145_728
"""Characters of InputContent that StartHumanLoop takes [model]; no loop has more."""

Content = Callable[[Evaluation, str], Any]
"""Makes the InputContent of a loop from what was judged and where its input lies."""


@dataclass(frozen=True, slots=True)
class Reviewer:
    """On whose behalf a prediction is made: what their key may read, who they are in the journal, and when."""

    buckets: Collection[str] | None
    actor: Actor
    now: datetime


@dataclass(frozen=True, slots=True)
class Activation:
    """What was decided on a prediction: HumanLoopActivationOutput, in our words. `loop_name` is None where no loop was started."""

    prediction_id: str
    evaluation: Evaluation
    loop_name: str | None

    @property
    def decision(self) -> str:
        """Accept, Review or Audit."""
        return self.evaluation.decision.capitalize()

    def output(self, place: Place) -> dict[str, Any]:
        """HumanLoopActivationOutput; no reasons and no ARN where nothing was triggered [activation-conditions.md]."""
        results = {
            "HumanLoopActivationConditionsEvaluationResults": json.dumps(
                self.evaluation.results, separators=(",", ":")
            )
        }
        if self.loop_name is None:
            return results
        return {
            "HumanLoopArn": place.arn("human-loop", self.loop_name),
            "HumanLoopActivationReasons": list(self.evaluation.reasons),
            **results,
        }


class PredictAndReview:
    """The story, with what it needs. `coin_key` is the server's own, the same for all its servers."""

    def __init__(self, store: Store, place: Place, objects: Objects, coin_key: bytes) -> None:
        self._store = store
        self._objects = objects
        self._policies = Policies(store, place)
        self._coin_key = coin_key

    async def policy(self, flow_arn: str) -> Policy:
        """The flow definition behind an ARN. To be asked before the model is: raises Invalid where no loop could start."""
        policy = self._policies.remembered(flow_arn)
        if policy is None:
            policy = await to_thread.run_sync(self._policies.find, flow_arn)
        return policy

    async def review(
        self,
        policy: Policy,
        config: HumanLoopConfig,
        subject: Subject,
        predicted: Predicted,
        reviewer: Reviewer,
        content: Content | None = None,
    ) -> Activation:
        """Judge what the model said, record it, and start a loop if the conditions hold.

        `content` makes the loop's input; the input mapping of the conditions unless given. Raises Invalid, Conflict.
        """
        if subject.uri is not None:
            _check_readable(subject.uri, reviewer.buckets)
        effort = policy.conditions.effort(len(predicted.answer))
        judged = await run_by_size(effort, self._judge, policy, config, subject, predicted)
        if judged.loop_name is None:
            prediction = Prediction({**judged.row, "at": reviewer.now})
        else:
            uri, buckets, keep = await self._staged(policy, subject, reviewer)
            prediction = await run_by_size(
                effort,
                lambda: Prediction(
                    {**judged.row, "input_uri": uri, "at": reviewer.now},
                    _start(policy, config, subject, judged, uri, buckets, reviewer, content),
                    keep,
                ),
            )
        await self._store.add(record_each, prediction)
        return Activation(judged.row["prediction_id"], judged.evaluation, judged.loop_name)

    def _judge(
        self, policy: Policy, config: HumanLoopConfig, subject: Subject, predicted: Predicted
    ) -> _Judged:
        answer = _parsed(predicted.answer)
        flow, unit = policy.flow, subject.group or subject.sha256
        thrown = coin(self._coin_key, flow.name, unit)
        evaluation = policy.conditions.evaluate(answer, thrown)
        named = config.loop_name if evaluation.is_true else None
        row = {
            "flow": flow.name,
            "prediction_id": _prediction_id(policy, subject, predicted, named),
            "inference_id": predicted.inference_id,
            "policy_version": policy.conditions.version,
            "endpoint": predicted.endpoint,
            "variant": predicted.variant,
            "model_version": predicted.model_version,
            "input_sha256": subject.sha256,
            "input_uri": subject.uri,
            "content_type": subject.content_type,
            "unit_group": subject.group,
            "objects": Document.of([_recorded(each) for each in objects(answer)]),
            "coin": thrown,
            "probability": evaluation.probability,
            "decision": evaluation.decision,
            "reasons": list(evaluation.reasons),
        }
        name = (named or loop_name(flow.name, subject)) if evaluation.is_true else None
        return _Judged(answer, evaluation, row, name)

    async def _staged(
        self, policy: Policy, subject: Subject, reviewer: Reviewer
    ) -> tuple[str, Collection[str] | None, Work[None] | None]:
        """Where the input lies, what the loop's page may read, and what keeps the input there, unless it is."""
        if subject.uri is not None:
            return subject.uri, reviewer.buckets, None
        bucket, key = kept_input.place(policy.flow.output_path, policy.flow.name, subject)
        keep = await to_thread.run_sync(kept_input.stage, self._objects, bucket, key, subject, reviewer.now)
        buckets = None if reviewer.buckets is None else [*reviewer.buckets, f"{bucket}/{key}"]
        return f"s3://{bucket}/{key}", buckets, keep


@dataclass(frozen=True, slots=True)
class _Judged:
    answer: Any
    evaluation: Evaluation
    row: dict[str, Any]
    loop_name: str | None


def loop_name(flow_name: str, subject: Subject) -> str:
    """The name of a loop whose starter gave none: it follows from flow definition and input, so that a retry is the same loop."""
    digest = hashlib.sha256(f"{flow_name}\n{subject.name}".encode("utf-8", "surrogatepass")).hexdigest()
    return f"{flow_name[:22].rstrip('-')}-{digest[:40]}"


def _start(
    policy: Policy,
    config: HumanLoopConfig,
    subject: Subject,
    judged: _Judged,
    uri: str,
    buckets: Collection[str] | None,
    reviewer: Reviewer,
    content: Content | None,
) -> Start:
    assert judged.loop_name is not None
    if content is None:
        about = Input(uri, subject.content_type, subject.body, subject.size)
        made = policy.conditions.mapping.input_content(
            judged.answer, judged.evaluation, about, judged.row["endpoint"]
        )
    else:
        made = content(judged.evaluation, uri)
    text = json.dumps(made, separators=(",", ":"))
    if len(text) > MOST_INPUT and content is None and policy.conditions.mapping.is_usual:
        # In doubt a person looks: boxes, labels and reasons are what a page shows.
        text = json.dumps({**made, "prediction": None}, separators=(",", ":"))
    if len(text) > MOST_INPUT:
        raise Invalid(
            f"The input of the human loop would have {len(text):,} characters, and at most {MOST_INPUT:,} are taken: map less "
            "of the prediction with InputMapping, beside Conditions."
        )
    input_content.check(text)
    return Start.of(
        policy.flow,
        judged.loop_name,
        text,
        reviewer.now,
        config.classifiers,
        buckets,
        reviewer.actor,
        unit=subject.name,
    )


def _prediction_id(policy: Policy, subject: Subject, predicted: Predicted, named: str | None) -> str:
    """The same for the same answer of the same model to the same input under the same conditions: a retry is recorded once.

    Each loop whose name the caller chose (`named`) has a record of its own, by which its answer is joined to the prediction.
    """
    answer = hashlib.sha256(predicted.answer).hexdigest()
    facts = (
        policy.conditions.version,
        predicted.endpoint,
        predicted.model_version,
        subject.name,
        subject.group or "",
        predicted.inference_id or "",
        answer,
        *([named] if named else []),
    )
    return hashlib.sha256("\n".join(facts).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _recorded(each: Object) -> dict[str, Any]:
    """As `objects` reads it again."""
    if each.box is None:
        return {"label": each.label, "score": each.score}
    sides = {"left": each.box.left, "top": each.box.top, "width": each.box.width, "height": each.box.height}
    return {"label": each.label, "score": each.score, "boundingBox" if each.box.is_relative else "box": sides}


def _parsed(answer: bytes) -> Any:
    """The answer as JSON, or what says that it is none."""
    try:
        return json.loads(answer)
    except (ValueError, RecursionError):
        return conditions.UNREADABLE


def _check_readable(uri: str, buckets: Collection[str] | None) -> None:
    bucket = uri.removeprefix("s3://").partition("/")[0]
    if not may_use(buckets, bucket):
        raise Invalid(f"The bucket {bucket!r} of the input {uri[:200]} may not be used with this access key.")
