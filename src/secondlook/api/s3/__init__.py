"""S3: the operations that notebooks, SDKs and task pages need to bring objects and fetch them.

Object bodies stream; what is not served (versions, policies, lifecycles …) is refused by name, never ignored.
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
