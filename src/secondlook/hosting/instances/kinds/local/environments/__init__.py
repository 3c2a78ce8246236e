"""Python environments of models: what a model's `requirements.txt` names, installed by uv where nothing else sees it.

`requirements` reads the file and refuses what would run code or reach where it should not; `needs` are the libraries that our own runtime
wants there; `uv` is the tool and what it is told; `making` runs it, so that it can be ended at once; `environments` keeps what was
made, by its hash. Nothing that was installed is run by any of this: a model's libraries first run in the model's process.
[docs/decisions/0051-environments-by-uv.md]
"""

from secondlook.hosting.instances.kinds.local.environments.environment import Environment
from secondlook.hosting.instances.kinds.local.environments.environments import Environments, Limits
from secondlook.hosting.instances.kinds.local.environments.requirements import is_empty

__all__ = ["Environment", "Environments", "Limits", "is_empty"]
