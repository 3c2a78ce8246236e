"""A model server that somebody else runs: any URL that speaks SageMaker's container contract."""

from __future__ import annotations

from secondlook.hosting.instances.pinged import PingedInstance


class RemoteInstance(PingedInstance):
    """One remote model server, however many instances it runs."""

    kind = "remote"
