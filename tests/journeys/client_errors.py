"""What a refused call tells its client."""

from __future__ import annotations

from typing import Any

import pytest
from botocore.exceptions import ClientError


def refused(code: str, message: str, call: Any, **params: Any) -> dict[str, Any]:
    """The whole answer of a call that must end in this error; `message` is part of what it says."""
    with pytest.raises(ClientError) as error:
        call(**params)
    answer = error.value.response
    assert code == answer["Error"]["Code"], answer["Error"]
    assert message in answer["Error"]["Message"]
    # boto3 has a class for each modelled error; for any other it raises its general one.
    modelled = error.type.__name__ != "ClientError"
    assert not modelled or hasattr(call.__self__.exceptions, error.type.__name__)
    return answer


def code_of(call: Any, **params: Any) -> tuple[str, int]:
    """Code and status of the error that a call ends in."""
    with pytest.raises(ClientError) as error:
        call(**params)
    answer = error.value.response
    return answer["Error"]["Code"], answer["ResponseMetadata"]["HTTPStatusCode"]
