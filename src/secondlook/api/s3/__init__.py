"""S3: buckets and what is said of them, objects, uploads in parts and by form (REST XML).

Object bodies stream; what this server does not do is refused by name, never ignored (`members`, `configuration`).
"""

from secondlook.api.s3 import arrival, checksums, forms, params
from secondlook.api.traits import ServiceTraits

TRAITS = ServiceTraits(
    check_body=checksums.check_document,
    check_params=params.check_params,
    # An S3 behind us that hangs holds threads of objects, never those of other operations.
    threads=arrival.THREADS,
    leaves_streams=True,
    beside_the_model={"PostObject": (forms.read, "PutObject")},
)
