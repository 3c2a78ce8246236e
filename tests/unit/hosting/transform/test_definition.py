"""How the model is asked: what the job says, what the model says of itself, what holds where neither says anything."""

from __future__ import annotations

import pytest

from secondlook.hosting import contract
from secondlook.hosting.runtimes.overrun import allowed
from secondlook.hosting.transform.definition import MB, Requests
from secondlook.hosting.transform.parameters import usable


def test_without_a_word_the_documented_defaults_hold():
    assert Requests(concurrent=1, payload=6 * MB, several=True, timeout=600, retries=3) == Requests.of({})


def test_the_job_goes_before_the_model():
    model = {"MaxConcurrentTransforms": 8, "BatchStrategy": "SINGLE_RECORD", "MaxPayloadInMB": 3}

    assert Requests(8, 3 * MB, several=False, timeout=600, retries=3) == Requests.of({}, model)
    assert Requests(2, 4 * MB, several=True, timeout=9, retries=0) == Requests.of(
        {
            "MaxConcurrentTransforms": 2,
            "BatchStrategy": "MultiRecord",
            "MaxPayloadInMB": 4,
            "ModelClientConfig": {"InvocationsTimeoutInSeconds": 9, "InvocationsMaxRetries": 0},
        },
        model,
    )


def test_zero_is_the_models_choice_of_concurrency_and_the_largest_payload():
    model = {"MaxConcurrentTransforms": 4}
    requests = [
        Requests.of({"MaxConcurrentTransforms": 0, "MaxPayloadInMB": size}, model) for size in (25, 50, 0)
    ]

    assert [(4, 25 * MB), (2, 50 * MB), (1, 100 * MB)] == [
        (each.concurrent, each.payload) for each in requests
    ]


@pytest.mark.parametrize(
    "said",
    [
        None,
        [],
        "x",
        {"MaxConcurrentTransforms": 0, "BatchStrategy": "BOTH", "MaxPayloadInMB": 101},
        {"MaxConcurrentTransforms": "8", "BatchStrategy": ["SINGLE_RECORD"], "MaxPayloadInMB": -1},
    ],
)
def test_what_a_model_says_and_nobody_can_go_by_is_passed_over(said):
    assert {} == usable(said)


def test_a_process_takes_what_a_job_sends_and_as_long_as_it_waits():
    environment = Requests.of({"MaxPayloadInMB": 20}).environment({"OWN": "1", contract.WORKERS: "3"})

    assert 20 * MB == contract.largest_payload(environment)
    assert 600 == allowed(environment)
    assert ("1", "3") == (environment["OWN"], environment[contract.WORKERS])


def test_without_a_job_the_limits_of_real_time_hold():
    assert contract.MAX_PAYLOAD == contract.largest_payload({contract.BATCH_PAYLOAD: "20"})
    assert contract.ANSWER_SECONDS == allowed({contract.TIMEOUT: "600"})
