"""The operations that follow from the table of settings."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from secondlook.api.call import Call
from secondlook.api.s3 import target
from secondlook.api.s3.configuration.settings import SETTINGS, Setting
from secondlook.wire.errors import AwsError
from secondlook.wire.s3_errors import invalid_argument, missing_body


def _operations(setting: Setting) -> Iterator[tuple[str, Callable[[Call], dict[str, Any]]]]:
    def get(call: Call) -> dict[str, Any]:
        bucket = target.bucket(call)
        kept = call.services.objects.buckets.setting(bucket, setting.name)
        if kept is None and setting.unsaid is None:
            code, message = setting.missing
            raise AwsError(code, message, 404, {"BucketName": bucket})
        answer = dict(setting.unsaid or {}) if kept is None else setting.from_json(kept)
        return {setting.put[1]: answer} if setting.put and setting.wrapped else answer

    def put(call: Call) -> dict[str, Any]:
        assert setting.put is not None
        assert setting.check is not None
        bucket = target.bucket(call)
        # Of an unknown bucket that comes before what is wrong with the document.
        call.services.objects.buckets.head(bucket)
        document = call.params.get(setting.put[1])
        # The model does not require each of these documents, S3 does.
        if document is None:
            raise missing_body()
        kept = setting.check(document)
        beside = {name: _word(call, name, words) for name, words in setting.beside.items()}
        call.services.objects.buckets.set(bucket, setting.name, {**kept, **beside})
        return beside

    def delete(call: Call) -> dict[str, Any]:
        call.services.objects.buckets.set(target.bucket(call), setting.name, None)
        return {}

    get.__doc__ = setting.remark
    yield setting.get, get
    if setting.put:
        yield setting.put[0], put
    if setting.delete:
        yield setting.delete, delete


def _word(call: Call, name: str, words: Sequence[str]) -> str:
    said: str = call.params.get(name, words[0])
    if said not in words:
        raise invalid_argument(f"{name} is one of {', '.join(words)}.", name, said)
    return said


OPERATIONS = {name: function for setting in SETTINGS for name, function in _operations(setting)}
"""Name → function, for all settings."""
