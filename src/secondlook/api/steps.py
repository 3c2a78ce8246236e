"""The steps of a request up to its operation, in order. Each raises AwsError to refuse.

`check_host`, `claim` and `admit` come before the body is read, the STEPS after.
"""

from __future__ import annotations

import hashlib
from datetime import datetime

from secondlook import names
from secondlook.api.call import Call
from secondlook.api.exchange import Exchange
from secondlook.api.services import Services
from secondlook.api.storable import check_storable
from secondlook.review.decisions.rights import LINK
from secondlook.store.actor import Actor
from secondlook.wire import errors
from secondlook.wire.link_headers import unfolded
from secondlook.wire.parse import parse
from secondlook.wire.payload import check_payload, promised_hash
from secondlook.wire.route import dialect, may_be_s3
from secondlook.wire.sigv4 import identify, verify


def check_host(exchange: Exchange) -> None:
    """May a bucket stand in the host where nobody can see it? Then the path would mean something else than it says."""
    if may_be_s3(exchange.request):
        exchange.hosts.check(exchange.request.headers.get("host"))


def claim(exchange: Exchange) -> None:
    """Who says they signed? Anonymous calls are refused, before anybody looks whether there is what they ask for."""
    exchange.claim = identify(exchange.request)
    if exchange.claim is None:
        is_s3 = dialect(exchange.request) == "rest-xml"
        raise errors.access_denied() if is_s3 else errors.missing_authentication()
    exchange.request = unfolded(exchange.request, exchange.claim)


def admit(exchange: Exchange) -> None:
    """May a body be read for this key? Everybody has seen the id of the server's own in a link, so with it none is read."""
    assert exchange.key is not None
    assert exchange.claim is not None
    if exchange.key.scope != LINK:
        return
    if exchange.route is None or exchange.claim.kind != "query":
        raise errors.access_denied()
    exchange.key.check_call(exchange.route.service.name, exchange.route.operation.name)


def authenticate(exchange: Exchange, services: Services) -> None:
    """Did they? A body that was read is bound to the signature here, a stream by the operation that reads it."""
    assert exchange.claim is not None
    assert exchange.key is not None
    actual = exchange.body_sha256
    if actual is None and exchange.request.body is not None:  # the body of a form's request
        actual = hashlib.sha256(exchange.request.body).hexdigest()
    if exchange.form is not None:
        exchange.form.verify(exchange.key.secret, _signers_time(exchange))
    else:
        verify(exchange.request, exchange.claim, exchange.key.secret, _signers_time(exchange), actual)
    if actual is not None:
        check_payload(promised_hash(exchange.request, exchange.claim), actual)
    exchange.key.check_expiry(exchange.now)
    exchange.caller = exchange.key
    if exchange.caller.scope != LINK:
        services.uses.note(exchange.caller.key_id, exchange.now, exchange.address)


def _signers_time(exchange: Exchange) -> datetime:
    """By whose clock a signature's age is told: that of whoever signed. Our own links are dated by the server's present,
    which tests may move; programs sign by the clocks of their machines (decision 40).
    """
    assert exchange.key is not None
    return exchange.now if exchange.key.scope == LINK else names.now()


def authorize(exchange: Exchange, _services: Services) -> None:
    """May they call this?"""
    assert exchange.caller is not None
    assert exchange.route is not None
    exchange.caller.check_call(exchange.route.service.name, exchange.route.operation.name)


def check_body(exchange: Exchange, _services: Services) -> None:
    """Is a body that was read what its headers say?"""
    assert exchange.route is not None
    exchange.traits.check_body(exchange.request, exchange.route.operation)


def read_params(exchange: Exchange, _services: Services) -> None:
    """What is asked, by the service model."""
    assert exchange.route is not None
    _, operation, protocol, labels = exchange.route
    exchange.params = parse(operation, protocol, exchange.request, labels)
    exchange.traits.check_params(operation, exchange.params, exchange.request)
    check_storable(exchange.params)


def make_call(exchange: Exchange, services: Services) -> None:
    """All that the operation's function sees."""
    assert exchange.route is not None
    assert exchange.caller is not None
    assert exchange.claim is not None
    exchange.call = Call(
        operation=exchange.route.operation.name,
        params=exchange.params,
        now=exchange.now,
        caller=exchange.caller,
        actor=Actor("AccessKey", access_key=exchange.caller.key_id, origin=exchange.address or None),
        services=services,
        request=exchange.request,
        base_url=exchange.base_url,
        claim=exchange.claim,
        stream=exchange.content,
    )


STEPS = (authenticate, authorize, check_body, read_params, make_call)
