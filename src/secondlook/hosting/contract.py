"""SageMaker's container contract: what a model server and whoever calls it agree on.

Numbers and names are those of the guide "Use your own inference code with hosting services" and of the service model
[hosting.md, Container contract, InvokeEndpoint]. Both sides of the agreement import them from here: the runtimes
that serve, and the fleet and the proxy that call.
"""

from __future__ import annotations

from collections.abc import Mapping

PING = "/ping"
INVOCATIONS = "/invocations"

PING_SECONDS = 2.0
"""One try of GET /ping; 200 means ready."""

ANSWER_SECONDS = 60.0
"""POST /invocations must have answered by then."""

STREAM_SECONDS = 480.0
"""An answer in pieces must be complete by then: eight minutes ("Inference options", developer guide). Its first piece must
come within ANSWER_SECONDS, and so must each next one.
"""

DOWNLOAD_SECONDS = 3600.0
"""A model's files must be here, unpacked, within this time unless the variant says otherwise: the most that a variant can say."""

STARTUP_SECONDS = 240.0
"""/ping must begin to pass within this time unless the variant says otherwise."""

STOP_SECONDS = 30.0
"""Between SIGTERM and SIGKILL."""

MAX_PAYLOAD = 6_291_456
"""Bytes of a request and of an answer in real time."""

SUCCESS = range(200, 300)
"""Statuses of an answer that is a prediction."""

CLIENT_ERROR = range(400, 500)
"""Statuses of an answer that takes the request for wrong."""

SERVERLESS_PAYLOAD = 4_194_304
"""Bytes of a request of a serverless variant."""

PAGE = "application/vnd.secondlook.page+json"
"""What a text reader may be asked for in Accept, in place of a list of boxes: `{"width", "height", "lines": [{"text", "score",
"polygon": [[x, y], …], "words": [{"text", "score", "polygon"}]}]}`, in pixels, corners clockwise from the text's top left.
"""

PORT = "SAGEMAKER_BIND_TO_PORT"
"""Environment variable with the port to listen on, where there is no LISTENER."""

LISTENER = "SECONDLOOK_LISTENER"
"""Environment variable with the descriptor of the listening socket that the process inherits: a name of our own."""

MODEL_DIRECTORY = "SM_MODEL_DIR"
"""Environment variable with the directory that holds the model's artifacts."""

WORKERS = "SAGEMAKER_MODEL_SERVER_WORKERS"
"""Environment variable: how many predictions may run at once in one process."""

TIMEOUT = "SAGEMAKER_MODEL_SERVER_TIMEOUT"
"""Environment variable: seconds that a prediction may take before its process is ended and started again."""

BATCH = "SAGEMAKER_BATCH"
"""Environment variable: `true` where a transform job asks. This and the next three are those of the guide "Use Your Own Inference
Code with Batch Transform".
"""

BATCH_STRATEGY = "SAGEMAKER_BATCH_STRATEGY"
"""Environment variable: MULTI_RECORD or SINGLE_RECORD."""

BATCH_CONCURRENT = "SAGEMAKER_MAX_CONCURRENT_TRANSFORMS"
"""Environment variable: how many requests are sent at once."""

BATCH_PAYLOAD = "SAGEMAKER_MAX_PAYLOAD_IN_MB"
"""Environment variable: the largest request, in MiB."""

EXECUTION_PARAMETERS = "/execution-parameters"
"""A model may answer here how a transform job should ask it."""

MAX_REQUEST_SIZE = "SAGEMAKER_MAX_REQUEST_SIZE"
"""Environment variable of SageMaker's inference toolkits: MiB that a request may have, 6 unless given. Models of asynchronous
endpoints get ASYNC_MEBIBYTES.
"""

ASYNC_MEBIBYTES = 1024

CALL_SECONDS = "x-secondlook-call-seconds"
"""Header of a request that may take longer, or less long, than ANSWER_SECONDS: how long the caller waits. No caller's own reaches a
container.
"""

CALL_SECONDS_MOST = 3600.0
"""Of InvocationTimeoutSeconds, of asynchronous calls and of transform jobs."""


def largest_payload(environment: Mapping[str, str]) -> int:
    """Bytes of a request that a model server takes, by its environment. Raises ValueError for what is no number of MiB."""
    name = BATCH_PAYLOAD if environment.get(BATCH) == "true" else MAX_REQUEST_SIZE
    mebibytes = environment.get(name)
    if not mebibytes:
        return MAX_PAYLOAD
    if not (mebibytes.isascii() and mebibytes.isdecimal() and int(mebibytes) > 0):
        raise ValueError(f"{name} is {mebibytes!r}; right is a number of MiB over 0")
    return int(mebibytes) << 20


REQUEST_HEADERS = frozenset(
    {
        "content-type",
        "accept",
        "x-amzn-sagemaker-custom-attributes",
        "x-amzn-sagemaker-target-model",
        "x-amzn-sagemaker-target-variant",
        "x-amzn-sagemaker-target-container-hostname",
        "x-amzn-sagemaker-inference-id",
        "x-amzn-sagemaker-enable-explanations",
        "x-amzn-sagemaker-inference-component",
        "x-amzn-sagemaker-session-id",
        "x-amzn-sagemaker-prefix-aware-id",
    }
)
"""Headers of InvokeEndpoint that reach the container; all others are stripped."""

RESPONSE_HEADERS = frozenset(
    {
        "content-type",
        "x-amzn-sagemaker-custom-attributes",
        "x-amzn-sagemaker-new-session-id",
        "x-amzn-sagemaker-closed-session-id",
    }
)
"""Headers of the container's answer that reach the caller."""


def to_container(headers: Mapping[str, str]) -> dict[str, str]:
    """What a container gets to see of the caller's headers, untouched: `Accept: json` stays `json`."""
    return {name: value for name, value in headers.items() if name.lower() in REQUEST_HEADERS}


def to_caller(headers: Mapping[str, str]) -> dict[str, str]:
    """What the caller gets to see of the container's headers."""
    return {name: value for name, value in headers.items() if name.lower() in RESPONSE_HEADERS}
