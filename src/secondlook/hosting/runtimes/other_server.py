"""A model server that speaks another protocol than SageMaker's container contract, as the runtimes that translate see it.

`SECONDLOOK_MODEL_URL` says where it is, `SECONDLOOK_TOKEN_FILE` names a file with the token that it asks for, and
`SECONDLOOK_ALLOW_OUTBOUND` the private addresses that may be called, as the setting of that name does. The server sets them; no model can.
"""

from __future__ import annotations

import json
import logging
import os
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from secondlook.hosting.contract import ANSWER_SECONDS, MAX_PAYLOAD
from secondlook.hosting.runtimes.call import RequestError
from secondlook.outbound import Limits, NotAllowed, Outbound, OutboundError

URL = "SECONDLOOK_MODEL_URL"
TOKEN_FILE = "SECONDLOOK_TOKEN_FILE"  # noqa: S105  (the name of a variable that names a file)
ALLOW_OUTBOUND = "SECONDLOOK_ALLOW_OUTBOUND"

WORKERS = 16
"""Requests under way at once unless the environment says otherwise: they wait, and compute nothing here."""

RETRY_SECONDS = 1.0
SAY_EVERY = 10
"""So many tries between two lines in the log."""

QUOTED = 2000
"""Characters of its error that are handed on."""

BAD_GATEWAY = 502
_ERRORS = range(400, 600)

_log = logging.getLogger(__name__)


class OtherServer:
    """One base URL. Safe to use from several threads."""

    def __init__(self, environment: Mapping[str, str] = os.environ) -> None:
        self._url = environment[URL].rstrip("/")
        allowed = environment.get(ALLOW_OUTBOUND, "")
        self._outbound = Outbound(part for part in allowed.split(",") if part)
        self._token_file = environment.get(TOKEN_FILE)

    def wait_for(self, path: str) -> dict[str, Any]:
        """Ask for `path` until it is answered with 200, and answer what it says, {} where that is no JSON object.

        Whoever started this process ends it when that takes too long. Raises SystemExit for an address that may not be called.
        """
        tries = 0
        while True:
            try:
                answer = self._outbound.request("GET", self._url + path, headers=self._headers())
            except NotAllowed as error:
                raise SystemExit(str(error)) from error
            except OutboundError as error:
                reason = str(error)
            else:
                if answer.status == 200:  # noqa: PLR2004
                    return _object(answer.body)
                reason = f"{self._url}{path} answered {answer.status}"
            if tries % SAY_EVERY == 0:
                _log.warning("%s; asked again every %g s", reason, RETRY_SECONDS)
            tries += 1
            time.sleep(RETRY_SECONDS)

    def post(self, path: str, message: Mapping[str, Any]) -> dict[str, Any]:
        """Its answer to a JSON message. Refuses with its own status where it does not answer, or with an error, or no JSON object."""
        limits = Limits(total=ANSWER_SECONDS, size=MAX_PAYLOAD)
        headers = {**self._headers(), "Content-Type": "application/json"}
        try:
            body = json.dumps(message).encode()
            answer = self._outbound.request(
                "POST", self._url + path, headers=headers, body=body, limits=limits
            )
        except OutboundError as error:
            raise RequestError(BAD_GATEWAY, str(error)) from error
        if answer.status != 200:  # noqa: PLR2004
            status = answer.status if answer.status in _ERRORS else BAD_GATEWAY
            said = answer.body.decode(errors="replace")[:QUOTED]
            raise RequestError(status, f"{self._url}{path} answered {answer.status}: {said}")
        message = _object(answer.body)
        if not message:
            raise RequestError(BAD_GATEWAY, f"{self._url}{path} answered no JSON object")
        return message

    def _headers(self) -> dict[str, str]:
        """The token is read anew each time, so that one that is changed needs no restart."""
        if self._token_file is None:
            return {}
        try:
            token = Path(self._token_file).read_text(encoding="ascii").strip()
        except (OSError, UnicodeError) as error:
            raise RequestError(
                500, f"the token file of this model cannot be read: {type(error).__name__}"
            ) from error
        return {"Authorization": f"Bearer {token}"}


def _object(body: bytes) -> dict[str, Any]:
    try:
        message = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return message if isinstance(message, dict) else {}
