"""What keeps a model's process from everything but its model: which ways this system has, and how one is gone.

What happens inside the process is `hosting.runtimes.confined`.
"""

from secondlook.hosting.instances.kinds.local.confinement.confinement import Confinement
from secondlook.hosting.instances.kinds.local.confinement.guard import Guard
from secondlook.hosting.instances.kinds.local.confinement.isolation import Isolation

__all__ = ["Confinement", "Guard", "Isolation"]
