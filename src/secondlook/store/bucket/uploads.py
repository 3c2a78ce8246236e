"""Multipart uploads are those of the S3 behind us; rows keep what it will not tell of them again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import datetime
from typing import Any

from secondlook.store import upload_rows
from secondlook.store.bucket import words
from secondlook.store.bucket.body import with_body
from secondlook.store.bucket.client import Remote, translated
from secondlook.store.bucket_rows import require
from secondlook.store.conditions import ALWAYS, OnlyIf
from secondlook.store.errors import NoSuchKey, NoSuchUpload
from secondlook.store.incoming import Incoming
from secondlook.store.objects import About, Part, Stored, Upload, part_etag
from secondlook.store.session import Store
from secondlook.store.upload_rows import UploadRows


class RemoteUploads(UploadRows):
    def __init__(self, store: Store, remote: Remote) -> None:
        super().__init__(store)
        self._remote = remote

    def begin(
        self, bucket: str, key: str, about: About, now: datetime, algorithm: str | None, kind: str | None
    ) -> str:
        with self._store.read() as cx:
            require(cx, bucket)
        said = words.described(about)
        if algorithm:
            said |= {"ChecksumAlgorithm": algorithm, "ChecksumType": kind}
        with translated(bucket, key):
            answer = self._remote.call.create_multipart_upload(
                Bucket=self._remote.name(bucket), Key=key, **said
            )
        new = Upload(answer["UploadId"], bucket, key, about, algorithm, kind, now)
        with self._store.write() as cx:
            upload_rows.begin(cx, new)
        return new.id

    def add(
        self,
        upload: Upload,
        number: int,
        body: bytes | Incoming,
        checksums: Mapping[str, str],
        now: datetime,
    ) -> Part:
        said = {**self._of(upload), "PartNumber": number, **(checksums if upload.algorithm else {})}

        def send(data: Any) -> Any:
            with translated(upload.bucket, upload.key, upload.id):
                return self._remote.call.upload_part(Body=data, **said)

        answer = with_body(body, send)
        size = len(body) if isinstance(body, bytes) else body.size
        return Part(number, size, words.tag(answer), checksums, now)

    def parts(self, upload: Upload, after: int = 0, limit: int = 1000) -> Sequence[Part]:
        with self._translated(upload):
            answer = self._remote.call.list_parts(**self._of(upload), PartNumberMarker=after, MaxParts=limit)
        return [
            Part(part["PartNumber"], part["Size"], words.tag(part), words.sums(part), part["LastModified"])
            for part in answer.get("Parts", ())
        ]

    def complete(
        self,
        upload: Upload,
        parts: Sequence[tuple[int, str]],
        checksums: Mapping[str, str],  # noqa: ARG002  (the S3 behind us joins them itself)
        now: datetime,
        only_if: OnlyIf = ALWAYS,
    ) -> Stored:
        known = {part.number: part for part in self._all_parts(upload)}
        part_list = [
            {
                "PartNumber": number,
                "ETag": f'"{etag}"',
                **(known[number].checksums if number in known else {}),
            }
            for number, etag in parts
        ]
        try:
            with self._translated(upload):
                self._remote.call.complete_multipart_upload(
                    **self._of(upload), MultipartUpload={"Parts": part_list}, **words.condition(only_if)
                )
        except NoSuchUpload:
            # The call repeats itself when an answer is lost on its way: then the first try may have made the object.
            earlier = self.completed(upload.bucket, upload.key, upload.id, parts)
            if earlier is None:
                raise
            return earlier
        stored = self._remote.head(upload.bucket, upload.key)
        with self._store.write() as cx:
            upload_rows.complete(cx, upload.id, parts, replace(stored, modified_at=now))
        return stored

    def completed(
        self, bucket: str, key: str, upload_id: str, parts: Sequence[tuple[int, str]]
    ) -> Stored | None:
        """Also where the S3 made the object and we died before we wrote it down: then it is there, of these parts."""
        known = super().completed(bucket, key, upload_id, parts)
        return known or self._guessed(bucket, key, upload_id, parts)

    def abort(self, upload: Upload) -> None:
        with suppress(NoSuchUpload), translated(upload.bucket, upload.key, upload.id):
            self._remote.call.abort_multipart_upload(**self._of(upload))
        self._forget(upload)

    def _all_parts(self, upload: Upload) -> list[Part]:
        parts: list[Part] = []
        while page := self.parts(upload, parts[-1].number if parts else 0):
            parts += page
        return parts

    @contextmanager
    def _translated(self, upload: Upload) -> Iterator[None]:
        """As `translated`; an upload that the S3 has no more is not listed here any longer either."""
        try:
            with translated(upload.bucket, upload.key, upload.id):
                yield
        except NoSuchUpload:
            with self._store.write() as cx:
                upload_rows.lose(cx, upload.id, self._store.now(cx))
            raise

    def _guessed(
        self, bucket: str, key: str, upload_id: str, parts: Sequence[tuple[int, str]]
    ) -> Stored | None:
        """What came of an upload that the S3 has lost: the object that is there now, if it is made of these parts."""
        with self._store.read() as cx:
            require(cx, bucket)
            lost = upload_rows.is_lost(cx, bucket, key, upload_id)
        stored = self._object_of(bucket, key, parts) if lost else None
        if stored is not None:
            with self._store.write() as cx:
                now = self._store.now(cx)
                upload_rows.complete(cx, upload_id, parts, replace(stored, modified_at=now))
        return stored

    def _object_of(self, bucket: str, key: str, parts: Sequence[tuple[int, str]]) -> Stored | None:
        """The object that is there now, if it is made of these parts."""
        with suppress(NoSuchKey, ValueError):  # what is no ETag of a part is no hexadecimal number
            etag = part_etag([etag for _, etag in parts])
            stored = self._remote.head(bucket, key)
            return stored if stored.etag == etag else None
        return None

    def _forget(self, upload: Upload) -> None:
        with self._store.write() as cx:
            upload_rows.forget(cx, upload.id)

    def _of(self, upload: Upload) -> dict[str, Any]:
        return {"Bucket": self._remote.name(upload.bucket), "Key": upload.key, "UploadId": upload.id}
