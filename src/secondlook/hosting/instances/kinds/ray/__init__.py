"""Models as applications of Ray Serve: this server is a client of the cluster's REST API; only `replica` runs there."""

from secondlook.hosting.instances.kinds.ray.application import application
from secondlook.hosting.instances.kinds.ray.cluster import Cluster
from secondlook.hosting.instances.kinds.ray.instance import RayInstance

__all__ = ["Cluster", "RayInstance", "application"]
