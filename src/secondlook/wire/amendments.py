"""Where AWS does otherwise than botocore's service model says: which shape, what holds instead, and who has seen it.

Recorded runs count for more than the model, and what they show is taken, never refused; a limit that AWS publishes elsewhere
holds. Nothing is changed on a guess: each entry names its evidence, a page of the facts about A2I or a public program with
the output of its run.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Traits = Mapping[str, Any]

AMENDMENTS: Mapping[str, Mapping[str, Traits]] = {
    "sagemaker-a2i-runtime": {
        # The model has small letters only. A2I started, listed, described and wrote the output of
        # `Fraud-detector-1613589638354` [api.md §2]: "Amazon A2I and Amazon Fraud Detector.ipynb" in
        # aws-samples/amazon-a2i-sample-jupyter-notebooks, where "… and Amazon Translate.ipynb" starts `Translate-A2I-Text…`.
        "HumanLoopName": {"pattern": "^[a-zA-Z0-9](-*[a-zA-Z0-9])*$"},
    },
    "sagemaker": {
        # The model names the least only; what A2I published as the most [quotas.md, Limits] is what Terraform holds users to.
        "FlowDefinitionTaskTimeLimitInSeconds": {"max": 28_800},
        "FlowDefinitionTaskAvailabilityLifetimeInSeconds": {"max": 864_000},
    },
    "sagemaker-runtime": {
        # The model has all of ASCII. "The value must consist of no more than 1024 visible US-ASCII characters" (API reference,
        # InvokeEndpoint); clients send blanks in JSON, and a line end could not be sent on as a header.
        "CustomAttributesHeader": {"pattern": "[ -~]*"},
    },
    "s3": {
        # S3's own model has a string; botocore makes a time of it for its users' sake (`service-2.sdk-extras.json`). S3 "does not
        # enforce any formatting on the Expires field" (aws/aws-sdk-go, pull request 322), and gave back `5d` and seconds since
        # 1970 (aws/aws-sdk-ruby, issue 1184; minio/minio-go, issue 1588).
        "Expires": {"type": "string"},
    },
}
"""Service → shape → traits that replace the model's own."""


def amend(service: str, shapes: dict[str, dict[str, Any]]) -> None:
    """Put the amendments of a service in place; a shape that the model does not have is a mistake of the table (`KeyError`)."""
    for name, traits in AMENDMENTS.get(service, {}).items():
        shapes[name].update(traits)
