"""The one way out: every HTTP request that this server makes to somebody else's address.

Webhooks, model artifacts, remote endpoints and sign-in providers name URLs that users chose, so a URL must
not become a way into the network that the server stands in. Only http and https; the address is judged
after its name was resolved, and that very address is connected to, so a name that resolves differently the
second time gains nothing; redirects stay on one host; time and size have limits. [design: Going out]
"""

from secondlook.outbound.address import Gate
from secondlook.outbound.client import Answer, Outbound, Stream
from secondlook.outbound.errors import NotAllowed, OutboundError, Unreachable
from secondlook.outbound.limits import Limits
from secondlook.outbound.way import Way

__all__ = [
    "Answer",
    "Gate",
    "Limits",
    "NotAllowed",
    "Outbound",
    "OutboundError",
    "Stream",
    "Unreachable",
    "Way",
]
