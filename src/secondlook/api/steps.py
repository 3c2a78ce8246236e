"""The steps of a request between routing and its operation, in order. Each raises AwsError to refuse."""

from __future__ import annotations

import hashlib

from secondlook.api.call import Call, Caller
from secondlook.api.exchange import Exchange
from secondlook.api.house import House
from secondlook.api.storable import check_storable
from secondlook.review.access_key import LINK
from secondlook.wire import errors
from secondlook.wire.parse import parse
from secondlook.wire.sigv4 import check_payload, claimed_payload, identify, verify
from secondlook.wire.validate import validate

RUNTIME_ONLY = frozenset({"sagemaker-runtime", "sts"})
"""Services that a key of scope `runtime` may call."""

LINKED = frozenset({"GetObject", "HeadObject"})
"""What the server's own key may do, by a presigned link only."""


def claim(exchange: Exchange, _house: House) -> None:
    """Who says they signed? Anonymous calls are refused."""
    exchange.claim = identify(exchange.request)
    if exchange.claim is None:
        raise errors.missing_authentication()


def authenticate(exchange: Exchange, house: House) -> None:
    """Did they? A body that was read is bound to the signature here, a stream by the operation that reads it."""
    assert exchange.claim is not None
    known = house.keys.find(exchange.claim.access_key)
    if known is None:
        raise errors.unknown_access_key()
    body = exchange.request.body
    actual = None if body is None else hashlib.sha256(body).hexdigest()
    verify(exchange.request, exchange.claim, known.secret, exchange.now, actual)
    if actual is not None:
        check_payload(claimed_payload(exchange.request, exchange.claim), actual)
    exchange.caller = Caller(known.key_id, known.name, known.scope, known.secret)


def authorize(exchange: Exchange, _house: House) -> None:
    """May they? Keys limited to the runtime invoke models and nothing else."""
    assert exchange.caller is not None
    assert exchange.route is not None
    assert exchange.claim is not None
    service = exchange.route.service.name
    if exchange.caller.scope == LINK and (
        exchange.route.operation.name not in LINKED or exchange.claim.kind != "query"
    ):
        raise errors.access_denied()
    if exchange.caller.scope == "runtime" and service not in RUNTIME_ONLY:
        raise errors.access_denied(
            f"The access key {exchange.caller.key_id} ({exchange.caller.name}) is limited to the runtime: it may invoke "
            f"endpoints, not call {service} {exchange.route.operation.name}."
        )


def read_params(exchange: Exchange, _house: House) -> None:
    """What is asked, by the service model. S3 words its constraints itself."""
    assert exchange.route is not None
    service, operation, protocol, labels = exchange.route
    exchange.params = parse(operation, protocol, exchange.request, labels)
    if service.name != "s3":
        validate(operation, exchange.params)
    check_storable(exchange.params)


def make_call(exchange: Exchange, house: House) -> None:
    """All that the operation's function sees."""
    assert exchange.route is not None
    assert exchange.caller is not None
    assert exchange.claim is not None
    exchange.call = Call(
        operation=exchange.route.operation.name,
        params=exchange.params,
        now=exchange.now,
        caller=exchange.caller,
        house=house,
        request=exchange.request,
        base_url=exchange.base_url,
        claim=exchange.claim,
        stream=exchange.stream(),
    )


STEPS = (claim, authenticate, authorize, read_params, make_call)
