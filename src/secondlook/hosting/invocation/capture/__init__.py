"""Data capture: what was asked of an endpoint and what it answered, kept beside the calls and written to a bucket.

    a call → Captures.offer → queue → spool files in the data directory → objects

No call waits for any of it, and none fails by it: what cannot be kept is counted, and the log says so (decision 54).
"""

from secondlook.hosting.invocation.capture.captures import Captures
from secondlook.hosting.invocation.capture.config import CaptureConfig, described, destination
from secondlook.hosting.invocation.capture.event import Event, Payload

__all__ = ["CaptureConfig", "Captures", "Event", "Payload", "described", "destination"]
