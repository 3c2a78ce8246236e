"""S3 Control: tags of buckets, under the names by which newer Terraform asks for them (REST XML)."""

from secondlook.api.traits import ServiceTraits, unchecked

# The model refuses the ARNs of buckets, `arn:aws:s3:::NAME`, that AWS takes.
TRAITS = ServiceTraits(check_params=unchecked)
