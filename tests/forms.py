"""A form of the portal, sent to a real server as a browser without scripts sends it."""

from __future__ import annotations

from urllib.parse import urlencode

import urllib3


def post(url: str, **fields: str) -> int:
    """The status of the answer, which is not followed."""
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    return urllib3.request("POST", url, body=urlencode(fields), headers=headers, redirect=False).status
