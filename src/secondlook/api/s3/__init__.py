"""S3: buckets and what is said of them, objects, uploads in parts and by form.

Object bodies stream; what this server does not do is refused by name, never ignored (`members`, `configuration`).
"""

from secondlook.api.s3 import (
    acl,
    attributes,
    buckets,
    completion,
    configuration,
    copies,
    deletions,
    forms,
    listing,
    multipart,
    objects,
    reads,
    tagging,
    uploads,
    versions,
)

__all__ = ["MODULES", "forms"]

MODULES = (
    buckets,
    configuration,
    acl,
    listing,
    versions,
    objects,
    copies,
    reads,
    attributes,
    tagging,
    deletions,
    multipart,
    completion,
    uploads,
)
"""The modules whose public functions are operations, or that name theirs in a table `OPERATIONS`."""
