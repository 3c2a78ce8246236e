"""Which rules hold for a request that comes from a page of another origin: those of the bucket it is about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from anyio import CapacityLimiter, to_thread

from secondlook.api import cors
from secondlook.api.exchange import Exchange
from secondlook.api.s3.configuration.checks import CORS
from secondlook.api.services import Services
from secondlook.names import is_bucket_name
from secondlook.review.decisions.rights import LINK
from secondlook.store.availability import Unavailable
from secondlook.store.errors import NoSuchBucket
from secondlook.wire.errors import AwsError
from secondlook.wire.http import Request, Response
from secondlook.wire.route import Route, route
from secondlook.wire.sigv4 import identify

LOOKING = 4
"""Threads that look up rules at once: preflights come from strangers, who must not hold up those who have a key."""


class Origins:
    """Answers preflights, and says what pages may see of other answers."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._threads = CapacityLimiter(LOOKING)

    async def preflight(self, request: Request) -> Response:
        """What the bucket's rules allow; without rules, and by a link of our own, all. Raises AwsError."""
        bucket = _bucket(_meant(request))
        rules = await self._rules(bucket) if bucket is not None else None
        if rules is None or await self._is_our_link(request):
            return cors.open_preflight(request)
        return cors.preflight(rules, request)

    async def seen(self, exchange: Exchange, *, is_refused: bool) -> cors.Fields:
        """The header fields that say who may read the answer.

        A stranger's page may always read why it was refused. A link of our own shows its object to any page: it is made for
        one worker, whose task page has an opaque origin that no rule could name.
        """
        bucket = _bucket(exchange.route)
        if exchange.route is None or exchange.route.service.name != "s3":
            return [cors.EVERYBODY] if is_refused else []
        if exchange.key is None or exchange.key.scope == LINK:
            return cors.OPEN
        origin = exchange.request.headers.get("origin")
        if not origin:
            return [cors.VARY]
        try:
            rules = await self._rules(bucket) if bucket is not None else None
        except Unavailable:
            return [cors.VARY]
        if rules is None:
            return [*cors.OPEN, cors.VARY]
        rule = cors.rule_for(rules, origin, exchange.scope["method"])
        return [*(cors.allowed(rule, origin) if rule else ()), cors.VARY]

    async def _rules(self, bucket: str) -> Sequence[cors.Rule] | None:
        """None if the bucket has none, or is not there."""
        try:
            kept: Any = await to_thread.run_sync(
                self._services.objects.buckets.setting, bucket, CORS, limiter=self._threads
            )
        except NoSuchBucket:
            return None
        return kept["CORSRules"] if kept is not None else None

    async def _is_our_link(self, request: Request) -> bool:
        try:
            claim = identify(request)
            key = await self._services.keys.recall(claim.access_key) if claim else None
        except AwsError:
            return False
        return key is not None and key.scope == LINK


def _meant(request: Request) -> Route | None:
    """The operation that a preflight asks about; None where none of ours would answer.

    A method that has none there, a form's POST too, is held to the rules of the same bucket as those that have.
    """
    for likely in (request.headers.get("access-control-request-method") or "GET", "PUT", "GET"):
        try:
            return route(replace(request, method=likely))
        except AwsError:
            continue
    return None


def _bucket(meant: Route | None) -> str | None:
    """The bucket that an operation of S3 is about."""
    name = meant.params.get("Bucket") if meant is not None and meant.service.name == "s3" else None
    return name if name is not None and is_bucket_name(name) else None
