"""The ports: plain HTTP and TLS in one event loop, one application behind all, and what strangers may take of them.

    listen → accept → connections (how many) → protocol (how large, how slow) → the application

uvicorn speaks HTTP; everything that bounds who has not yet shown a key or a session is here (decision 11).
"""

from secondlook.app.ports.limits import Limits
from secondlook.app.ports.listen import Port, PortTaken, bind, listen

__all__ = ["Limits", "Port", "PortTaken", "bind", "listen"]
