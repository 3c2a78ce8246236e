"""One server, from its data directory to its ports, and down again in the opposite order."""

from __future__ import annotations

import asyncio
import contextlib
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from secondlook import names
from secondlook.app.certificate import certificate
from secondlook.app.compose import Server, compose
from secondlook.app.existing import check_places
from secondlook.app.first_start import prepare, server_id
from secondlook.app.lock import DataLock
from secondlook.app.memory import data_directory, open_objects, open_vault, opened_store
from secondlook.app.ports import Port, bind, listen
from secondlook.settings import SettingError, Settings
from secondlook.wire import freed_memory

SWITCH_SECONDS = 0.001
"""How long a thread keeps others from Python: the event loop answers sooner than with the 5 ms that it is otherwise."""

LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


@dataclass(frozen=True, slots=True)
class Announcement:
    """What is worth saying once the server answers. `admin_link` is there until there is an admin.

    `is_self_signed`: browsers do not know the certificate of `tls_url`, because this server made it.
    """

    url: str
    tls_url: str
    data: Path
    admin_link: str | None
    is_self_signed: bool = False


@dataclass(frozen=True, slots=True)
class Running:
    """A server that has its ports, and whose clock and models run; it answers once it is listened for."""

    server: Server
    settings: Settings
    ports: Sequence[Port]
    admin_token: str | None

    async def listen(self, ready: Callable[[], None], **more: Any) -> None:
        """Answer until the end; `more` is what `ports.listen` takes beside the server's own."""
        server = self.server
        trusts, hurry = server.proxies.trusts, server.store.hurry
        try:
            await listen(server.application, self.ports, ready, trusts, stopping=hurry, **more)
        finally:
            server.fleet.invoker.close()

    @property
    def announcement(self) -> Announcement:
        settings, token = self.settings, self.admin_token
        return Announcement(
            url=settings.url,
            tls_url=f"https://{settings.subdomain}",
            data=settings.data,
            admin_link=f"{settings.url}/welcome/{token}" if token else None,
            is_self_signed=settings.tls_cert is None,
        )


def serve(settings: Settings, announce: Callable[[Announcement], None]) -> None:
    """Serve until SIGINT or SIGTERM; raises what `running` does."""
    with running(settings) as it:
        sys.setswitchinterval(SWITCH_SECONDS)
        freed_memory.keep()
        asyncio.run(it.listen(lambda: announce(it.announcement)))


@contextlib.contextmanager
def running(settings: Settings, clock: Callable[[], datetime] | None = None) -> Iterator[Running]:
    """A server, until the block ends. Of a `port` of 0 it finds one that is free; `clock` is that of `Store`.

    Raises SettingError, HeldElsewhere, PortTaken, VaultError, Unusable or SchemaError before anything is changed that matters.
    """
    with contextlib.ExitStack() as stack:
        data = data_directory(settings)
        settings = replace(settings, data=data)
        stack.enter_context(DataLock(data, "secondlook serve"))
        if settings.database is None:
            check_places(settings, {"database"})
        plain = stack.enter_context(bind(settings.host, settings.port))
        settings = replace(settings, port=plain.getsockname()[1])
        encrypted = stack.enter_context(bind(settings.host, settings.tls_port)) if settings.tls_port else None
        store = stack.enter_context(opened_store(settings, clock=clock))
        vault = open_vault(settings, store)
        objects = open_objects(settings, store)
        installation = prepare(store, vault, settings, store.present())
        if installation.admin_token is not None and settings.host not in LOOPBACK:
            raise SettingError(
                f"There is no admin yet, so this server must not be reachable at {settings.host}: start it once without --host, "
                "open the link that it prints and make the admin account."
            )
        server = compose(settings, store, vault, objects, installation, server_id(data))
        stack.enter_context(server)
        files = certificate(settings, names.now())
        ports = (
            [Port(plain), Port(encrypted, files)] if encrypted else [Port(plain, files, speaks_plain=True)]
        )
        yield Running(server, settings, ports, installation.admin_token)
