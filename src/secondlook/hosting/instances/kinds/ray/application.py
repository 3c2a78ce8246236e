"""What Ray Serve is told of a variant: one application, as its config file would have it. Pure.

Source: https://docs.ray.io/en/latest/serve/api/#serve-rest-api, ServeApplicationSchema.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from secondlook.hosting.variant import VariantSettings

IMPORT_PATH = "secondlook.hosting.instances.kinds.ray.replica:application"
DEPLOYMENT = "Replica"


def application(endpoint: str, variant: VariantSettings) -> Mapping[str, Any]:
    """The application of a variant. Its name is that of no other endpoint, not of a later one of the same name either."""
    container = variant.container
    name = f"secondlook-{endpoint}-{variant.name}-{container.copy}"
    return {
        "name": name,
        "route_prefix": f"/{name}",
        "import_path": IMPORT_PATH,
        "args": {
            "runtime": container.runtime,
            "environment": dict(container.environment),
            "needs": list(container.needs),
            "artifact": container.artifact and asdict(container.artifact),
        },
        "deployments": [{"name": DEPLOYMENT, "num_replicas": variant.count}],
    }
