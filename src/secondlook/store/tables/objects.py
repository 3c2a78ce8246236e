"""Tables of objects: buckets, what lies in them, and uploads that come in parts."""

from __future__ import annotations

from sqlalchemy import JSON, Column, ForeignKey, Index, Integer, Table, Text, text

from secondlook.store.tables.columns import Id, Key, Time, metadata, name_key

bucket = Table(
    "bucket",
    metadata,
    name_key(),
    Column("region", Text, nullable=False),
    Column("created_at", Time, nullable=False),
    # Written by the previous release, which may run on this schema; `bucket_setting` has what it held. Removed by the next.
    Column("cors", JSON(none_as_null=True)),
)

bucket_setting = Table(
    "bucket_setting",
    metadata,
    Column("bucket", Text, ForeignKey("bucket.name", ondelete="CASCADE"), primary_key=True),
    Column(
        "name", Text, primary_key=True
    ),  # CORSConfiguration | Tagging | …: `api.s3.configuration` knows them
    Column("value", JSON, nullable=False),
)
"""What a bucket was told to be, as the operation that reads it echoes it. No row: never said, or taken back."""

object_ = Table(
    "object",
    metadata,
    Column("bucket", Text, ForeignKey("bucket.name"), primary_key=True),
    Column("key", Key, primary_key=True),
    Column("blob", Text, nullable=False, index=True),  # the body's file; a copy shares it
    Column("size", Id, nullable=False),
    Column("etag", Text, nullable=False),  # without quotes
    Column("content_type", Text, nullable=False),
    Column("headers", JSON, nullable=False),  # Cache-Control, Content-Disposition, … as stored
    Column("metadata", JSON, nullable=False),  # x-amz-meta-*
    Column("checksums", JSON, nullable=False),  # {"ChecksumCRC32": base64, "ChecksumType": …}
    Column("modified_at", Time, nullable=False),
    Column("encryption", JSON, nullable=False, server_default=text("'{}'")),  # {"ServerSideEncryption": …}
    Column("tags", JSON, nullable=False, server_default=text("'{}'")),
)

blob_parts = Table(
    "blob_parts",
    metadata,
    name_key("blob"),
    Column(
        "parts", JSON, nullable=False
    ),  # of a body that came in parts: [[bytes, {"ChecksumCRC32": base64}], …]
)

upload = Table(
    "upload",
    metadata,
    name_key("id"),
    Column("bucket", Text, ForeignKey("bucket.name"), nullable=False),
    Column("key", Key, nullable=False),
    Column("content_type", Text, nullable=False),
    Column("headers", JSON, nullable=False),
    Column("metadata", JSON, nullable=False),
    Column("checksum", JSON, nullable=False),  # {"algorithm": …, "type": …} as the upload began
    Column("created_at", Time, nullable=False),
    Column("encryption", JSON, nullable=False, server_default=text("'{}'")),
    Column("tags", JSON, nullable=False, server_default=text("'{}'")),
    # What CompleteMultipartUpload was asked and answered; null of what is over: the S3 behind us lost it, or its answer.
    Column("completion", JSON(none_as_null=True)),
    Column("completed_at", Time),  # null: under way
    Index("ix_upload_key", "bucket", "key", "id"),
)

part = Table(
    "part",
    metadata,
    Column("upload_id", Text, ForeignKey("upload.id", ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("blob", Text, nullable=False, index=True),
    Column("size", Id, nullable=False),
    Column("etag", Text, nullable=False),
    Column("checksums", JSON, nullable=False),
    Column("modified_at", Time, nullable=False),
)
