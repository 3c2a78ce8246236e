"""Objects in an S3: bodies, metadata and listings are all there; only which buckets and uploads are ours are rows.

Our bucket `photos` is the real bucket `<PREFIX>photos`, with PREFIX from `s3://PREFIX?endpoint=URL&region=R` (it may
be empty). So images that lie in buckets already can be reviewed where they are: CreateBucket adopts a real
bucket of the same account. A bucket that was never created here is not there, whatever the credentials could reach.
"""

from secondlook.store.bucket.objects import BucketObjects

__all__ = ["BucketObjects"]
