"""The one way in which a snapshot goes wrong."""


class SnapshotFailed(Exception):
    """A snapshot could not be taken or put back; the message says why and what would help."""
