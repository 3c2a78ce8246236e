"""What a call is refused with."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from botocore.exceptions import ClientError


def refused(call: Callable[..., Any], **given: Any) -> tuple[str, int]:
    """Code and status of the error that the call must end with."""
    with pytest.raises(ClientError) as error:
        call(**given)
    response = error.value.response
    return response["Error"]["Code"], response["ResponseMetadata"]["HTTPStatusCode"]
