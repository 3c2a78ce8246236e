"""A model server as a process on this machine. With several servers each runs its own."""

from secondlook.hosting.instances.kinds.local.confinement import Isolation
from secondlook.hosting.instances.kinds.local.environments import Limits
from secondlook.hosting.instances.kinds.local.launch import Launcher
from secondlook.hosting.instances.kinds.local.supervised import LocalInstance

__all__ = ["Isolation", "Launcher", "Limits", "LocalInstance"]
