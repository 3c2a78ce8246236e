"""What every response says about itself."""

import pytest

from secondlook.wire.sandbox import SANDBOX


@pytest.fixture
def task(world, alice):
    world.flow("fd")
    world.loop("fd", "loop-1")
    return alice.post("/work/fd", {"csrf": alice.get("/work").csrf}).location


@pytest.mark.parametrize("path", ["/sign-in", "/work", "/welcome/x", "/no-such-page"])
def test_a_page_of_ours_runs_our_scripts_only_and_is_framed_by_nobody(alice, path):
    headers = alice.get(path).headers

    policy = headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "object-src 'none'" in policy
    assert "unsafe" not in policy
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cache-control"] == "no-store"


def test_the_sandbox_of_a_task_page_travels_with_the_response(alice, task):
    headers = alice.get(f"{task}/page?nonce=n").headers

    policy = headers["content-security-policy"]
    assert policy == f"sandbox {SANDBOX}; frame-ancestors 'self'"
    assert "allow-same-origin" not in policy
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cache-control"] == "no-store"


def test_the_frame_has_the_same_sandbox(alice, task):
    assert f'sandbox="{SANDBOX}"' in alice.get(task).text


def test_forms_of_ours_send_their_origin(alice):
    """With `no-referrer` browsers would send `Origin: null`."""
    assert alice.get("/work").headers["referrer-policy"] == "same-origin"
