"""Choosing among variants, waiting for a restart, and giving up in time; with real model processes."""

from __future__ import annotations

import asyncio
import os
import signal
import threading
from collections import Counter
from collections.abc import Callable

import pytest

from secondlook.hosting.errors import ModelFailed, NotInvokable
from secondlook.hosting.instances.kinds.local.supervised import LocalInstance
from secondlook.hosting.invocation.invoke import Invocation, Invoker
from secondlook.hosting.invocation.routes import Route, Routes, Variant

from .conftest import PLACE, StartScript

MIRROR = """
    import json
    def transform_fn(model, body, content_type, accept):
        return json.dumps([body.decode("latin-1"), content_type, accept])
"""


def routed(*variants: Variant, status: str = "InService") -> Routes:
    routes = Routes(PLACE)
    routes.replace({"e": Route(status, variants)})
    return routes


def invoke(
    routes: Routes, body: bytes = b"", headers: dict[str, str] | None = None, **more: object
) -> Invocation:
    async def once() -> Invocation:
        invoker = Invoker(routes, PLACE, lambda: None, **more)
        try:
            return await invoker.invoke("e", body, headers or {})
        finally:
            invoker.close()

    return asyncio.run(once())


def test_routes_that_cannot_be_brought_up_to_date_refuse_as_they_are_with_one_line(
    caplog: pytest.LogCaptureFixture,
) -> None:
    def refresh() -> None:
        raise OSError(24, "Too many open files")

    invoker = Invoker(Routes(PLACE), PLACE, refresh)
    with pytest.raises(NotInvokable, match="Endpoint e of account 123456789012 not found"):
        asyncio.run(invoker.invoke("e", b"", {}))

    assert [record.getMessage() for record in caplog.records] == [
        "the routes could not be brought up to date, and stay as they are: OSError(24, 'Too many open files')"
    ]
    assert caplog.records[0].exc_info is None


def ready(process: LocalInstance) -> LocalInstance:
    process.ready(20)
    return process


def test_accept_and_content_type_reach_the_model_untouched(script: StartScript) -> None:
    routes = routed(Variant("AllTraffic", 1.0, (ready(script(MIRROR)),)))

    answer = invoke(routes, b"\xff\xd8", {"Content-Type": "image/jpeg", "Accept": "json"})

    assert answer.body == b'["\\u00ff\\u00d8", "image/jpeg", "json"]'


def test_without_a_content_type_the_model_sees_none(script: StartScript) -> None:
    routes = routed(Variant("AllTraffic", 1.0, (ready(script(MIRROR)),)))

    assert invoke(routes).body == b'["", "", "application/json"]'


def test_headers_that_are_not_invoke_endpoints_own_do_not_reach_the_model(script: StartScript) -> None:
    """Nor do a caller's signature and cookies."""
    routes = routed(Variant("AllTraffic", 1.0, (ready(script(MIRROR)),)))

    assert invoke(
        routes, b"x", {"Authorization": "AWS4 …", "Cookie": "c", "Transfer-Encoding": "chunked"}
    ).body == (b'["x", "", "application/json"]')


def test_a_model_that_takes_too_long_is_a_model_error_and_not_a_hang(script: StartScript) -> None:
    slow = ready(script("import time\ndef transform_fn(m, b, c, a): time.sleep(5)"))

    with pytest.raises(
        ModelFailed, match=r"server error \(0\) from primary with message .* timed out"
    ) as failure:
        invoke(routed(Variant("AllTraffic", 1.0, (slow,))), answer_seconds=0.3)
    assert failure.value.original_status == 0


def test_a_long_error_is_not_quoted(script: StartScript) -> None:
    process = ready(script("def transform_fn(m, b, c, a): raise ValueError('x' * 5000)"))

    with pytest.raises(
        ModelFailed,
        match=r"^Received server error \(500\) from primary and could not load the entire response body\.",
    ):
        invoke(routed(Variant("AllTraffic", 1.0, (process,))))


def test_a_refused_content_type_is_a_client_error(script: StartScript) -> None:
    process = ready(script("def model_fn(model_dir): return len"))

    with pytest.raises(
        ModelFailed, match=r"Received client error \(415\) from primary with message"
    ) as failure:
        invoke(routed(Variant("AllTraffic", 1.0, (process,))), b"", {"Content-Type": "image/png"})
    assert failure.value.original_status == 415


def test_a_body_over_the_limit_is_refused_before_it_is_sent() -> None:
    with pytest.raises(NotInvokable, match="6,291,457 bytes; at most 6,291,456"):
        invoke(routed(Variant("AllTraffic", 1.0, ())), bytes(6_291_457))


def test_while_an_instance_is_restarted_its_calls_wait(script: StartScript) -> None:
    routes = Routes(PLACE)
    process = ready(
        script("import os\ndef transform_fn(m, b, c, a): return str(os.getpid())", changed=routes.wake)
    )
    routes.replace({"e": Route("InService", (Variant("AllTraffic", 1.0, (process,)),))})
    os.kill(process.pid, signal.SIGSTOP)  # no ping passes while it stands still
    process.doubt(process.address)
    assert process.address is None

    threading.Timer(0.1, os.kill, (process.pid, signal.SIGCONT)).start()
    assert int(invoke(routes).body) == process.pid


@pytest.mark.parametrize(
    ("choose", "why"),
    [
        (lambda: routed().choose("other"), "Endpoint other of account 123456789012 not found."),
        (
            lambda: routed(status="Creating").choose("e"),
            "Endpoint e of account 123456789012 is not in service: its status is Creating.",
        ),
        (lambda: routed(Variant("A", 1, ()), Variant("B", 1, ())).choose("e", "C"), "it has A, B."),
        (lambda: routed(Variant("A", 0, ()), Variant("B", 0, ())).choose("e"), "have weight 0"),
    ],
)
def test_an_endpoint_that_cannot_be_called_says_why(choose: Callable[[], object], why: str) -> None:
    with pytest.raises(NotInvokable) as error:
        choose()
    assert why in str(error.value)


def test_variants_share_the_calls_by_weight_and_a_target_overrides() -> None:
    routes = routed(Variant("A", 3.0, ()), Variant("B", 1.0, ()), Variant("C", 0.0, ()))

    chosen = Counter(routes.choose("e").name for _ in range(4000))

    assert chosen["A"] == pytest.approx(3000, abs=200)
    assert chosen["C"] == 0
    assert routes.choose("e", "C").name == "C"


def during_an_update(share: float) -> Routes:
    """The variants `a` and `b` are there; an update brings `a` and `c`."""
    routes = Routes(PLACE)
    before = Variant("a", 1.0, (), model_version="old"), Variant("b", 0.0, (), model_version="old")
    after = Variant("a", 1.0, (), model_version="new"), Variant("c", 0.0, (), model_version="new")
    routes.replace({"e": Route("Updating", before, arriving=after, share=share)})
    return routes


@pytest.mark.parametrize("target", [None, "a"])
def test_during_an_update_calls_are_shared_by_what_was_and_what_comes(target: str | None) -> None:
    def chosen(share: float) -> Counter[str]:
        routes = during_an_update(share)
        return Counter(routes.choose("e", target).model_version for _ in range(400))

    assert chosen(0.0) == {"old": 400}
    assert chosen(1.0) == {"new": 400}
    assert 20 < chosen(0.25)["new"] < 180


def test_a_variant_of_one_side_of_an_update_is_called_by_its_name() -> None:
    routes = during_an_update(0.5)

    assert {routes.choose("e", "b").model_version for _ in range(20)} == {"old"}
    assert {routes.choose("e", "c").model_version for _ in range(20)} == {"new"}
    with pytest.raises(NotInvokable, match="Variant c of endpoint e not found; it has a, b"):
        during_an_update(0.0).choose("e", "c")
