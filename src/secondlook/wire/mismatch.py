"""What S3 tells of a signature that is not the right one: the text that it would have signed, to be held against the client's.

Source: S3 API reference, "Error responses"; recorded runs on AWS.
"""

from __future__ import annotations

from secondlook.wire import errors
from secondlook.wire.claim import Claim
from secondlook.wire.customer_keys import without_keys
from secondlook.wire.errors import AwsError

_MESSAGE = "The request signature we calculated does not match the signature you provided. Check your key and signing method."


def mismatch(claim: Claim, provided: str, to_sign: str, canonical: str = "") -> AwsError:
    """The error for ``provided``; ``canonical`` is the request that ``to_sign`` was made of, where SigV4 made it."""
    if claim.service != "s3":
        return errors.signature_mismatch()
    texts = {"StringToSign": without_keys(to_sign)}
    if canonical:
        texts["CanonicalRequest"] = without_keys(canonical)
    spelled = {f"{name}Bytes": text.encode().hex(" ") for name, text in texts.items()}
    return errors.signature_mismatch(
        _MESSAGE, {"AWSAccessKeyId": claim.access_key, "SignatureProvided": provided, **texts, **spelled}
    )
