"""An event as SNS delivers it over HTTP: what AWS publishes to a topic, in the envelope that its subscribers read. Pure.

Subscribers find the message in `Message`, as text. SNS's own signature cannot be made by anybody else, so its members are not there:
the delivery is signed as all are (`standard_webhooks`).
"""

from __future__ import annotations

import json
from typing import Any

CONTENT_TYPE = "text/plain; charset=UTF-8"


def notification(event: dict[str, Any], topic: str) -> tuple[dict[str, Any], dict[str, str]]:
    """The body's document and the headers beside it."""
    document = {
        "Type": "Notification",
        "MessageId": event["id"],
        "TopicArn": topic,
        "Message": json.dumps(event["detail"], separators=(",", ":")),
        "Timestamp": event["detail"]["eventTime"],
    }
    headers = {
        "Content-Type": CONTENT_TYPE,
        "x-amz-sns-message-type": "Notification",
        "x-amz-sns-message-id": event["id"],
        "x-amz-sns-topic-arn": topic,
    }
    return document, headers
