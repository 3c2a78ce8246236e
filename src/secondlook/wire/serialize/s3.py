"""What S3 writes differently from what its model says.

Its documents have a namespace that the model leaves out and root elements that are not named after the shape; clients of
other languages look at them although botocore does not. Source: the S3 API reference.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from typing import Any

from secondlook.wire.serialize import xmlbody
from secondlook.wire.specs import Operation, Service

NAMESPACE = "http://s3.amazonaws.com/doc/2006-03-01/"

_ROOTS = {
    "CompleteMultipartUpload": "CompleteMultipartUploadResult",
    "CreateMultipartUpload": "InitiateMultipartUploadResult",
    "DeleteObjects": "DeleteResult",
    "GetBucketAccelerateConfiguration": "AccelerateConfiguration",
    "GetBucketAcl": "AccessControlPolicy",
    "GetBucketCors": "CORSConfiguration",
    "GetBucketLifecycleConfiguration": "LifecycleConfiguration",
    "GetBucketLogging": "BucketLoggingStatus",
    "GetBucketRequestPayment": "RequestPaymentConfiguration",
    "GetBucketTagging": "Tagging",
    "GetBucketVersioning": "VersioningConfiguration",
    "GetObjectAcl": "AccessControlPolicy",
    "GetObjectAttributes": "GetObjectAttributesResponse",
    "GetObjectTagging": "Tagging",
    "ListBucketAnalyticsConfigurations": "ListBucketAnalyticsConfigurationResult",
    "ListBucketInventoryConfigurations": "ListInventoryConfigurationsResult",
    "ListBucketMetricsConfigurations": "ListMetricsConfigurationsResult",
    "ListBuckets": "ListAllMyBucketsResult",
    "ListMultipartUploads": "ListMultipartUploadsResult",
    "ListObjectVersions": "ListVersionsResult",
    "ListObjects": "ListBucketResult",
    "ListObjectsV2": "ListBucketResult",
    "ListParts": "ListPartsResult",
}


def root(operation: Operation) -> str | None:
    """The name of the root element where it is not the shape's."""
    return _ROOTS.get(operation.name) if operation.service.name == "s3" else None


def namespace(service: Service) -> str | None:
    """The namespace of a service's documents."""
    return NAMESPACE if service.name == "s3" else service.xml_namespace


def body(operation: Operation, result: Mapping[str, Any]) -> str | None:
    """The document of the one operation whose root is itself the value."""
    if operation.service.name != "s3" or operation.name != "GetBucketLocation":
        return None
    constraint = xmlbody.escape(result.get("LocationConstraint") or "")
    return xmlbody.element("LocationConstraint", constraint, xmlbody.namespace(NAMESPACE))


def host_id(request_id: str) -> str:
    """The ``x-amz-id-2`` that goes with a request id: opaque, and the same whenever it is told."""
    return base64.b64encode(hashlib.sha256(request_id.encode()).digest()).decode()
