"""An application of somebody else's on the cluster. It says which process it is."""

import os

from ray import serve


class Neighbour:
    def __call__(self, _request):
        return str(os.getpid())


app = serve.deployment(Neighbour, ray_actor_options={"num_cpus": 0}).bind()
