"""S3: the operations that notebooks, SDKs and task pages need to bring objects and fetch them.

Object bodies stream; what is not served (versions, tags, ACLs, KMS …) is refused by name, never ignored.
"""

from secondlook.api.s3 import buckets, cors, deletions, listing, multipart, objects, uploads

MODULES = (buckets, cors, listing, objects, deletions, multipart, uploads)
"""The modules whose public functions are operations."""
