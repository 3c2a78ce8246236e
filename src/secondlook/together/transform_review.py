"""Transform jobs whose tag names a flow definition (`endpoint.FLOW_TAG`): each prediction is judged, and people look at what is in doubt."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row

from secondlook.hosting.endpoints.endpoint import FLOW_TAG
from secondlook.hosting.transform.run import Asked, Judge
from secondlook.hosting.transform.splitting import Unusable
from secondlook.hosting.variant import VariantSettings
from secondlook.names import Place
from secondlook.review import tags
from secondlook.review.errors import ReviewError
from secondlook.store.actor import Actor
from secondlook.store.session import Store
from secondlook.together.human_loop_config import HumanLoopConfig
from secondlook.together.predict_and_review import PredictAndReview, Reviewer
from secondlook.together.subject import Predicted, Subject


@dataclass(frozen=True, slots=True)
class TransformReview:
    """Finds who judges a job's predictions."""

    store: Store
    place: Place
    reviews: PredictAndReview
    now: Callable[[], datetime]

    def judge_of(self, row: Row[Any], variant: VariantSettings) -> Judge | None:
        """By the tags that the job has as a run of it begins; None if none names a flow definition. Blocks."""
        with self.store.read() as cx:
            given = tags.of(cx, self.place.arn("transform-job", row.name))
        arn = next((tag["Value"] for tag in given if tag["Key"] == FLOW_TAG), None)
        if arn is None:
            return None
        return _Judge(self.reviews, HumanLoopConfig(arn), row, variant, self.now)


@dataclass(frozen=True, slots=True)
class _Judge:
    reviews: PredictAndReview
    config: HumanLoopConfig
    row: Row[Any]
    variant: VariantSettings
    now: Callable[[], datetime]

    async def judge(self, asked: Asked, answer: bytes) -> None:
        """A whole object is looked at where it lies; a record of one is kept beside the answers."""
        content_type = self.row.definition["TransformInput"].get("ContentType", "")
        where = (asked.given.uri, asked.etag) if asked.is_whole else (None, None)
        subject = Subject.of(asked.payload, content_type, *where)
        name = f"transform-job/{self.row.name}"
        predicted = Predicted(answer, name, self.variant.name, self.variant.container.model_version)
        caller = self.row.caller
        actor = Actor("AccessKey", access_key=caller["access_key"])
        reviewer = Reviewer(caller["buckets"], actor, self.now())
        try:
            policy = await self.reviews.policy(self.config.flow_arn)
            await self.reviews.review(policy, self.config, subject, predicted, reviewer)
        except ReviewError as error:
            raise Unusable(f"its prediction could not be judged: {error}") from error
