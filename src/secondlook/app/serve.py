"""One server, from its data directory to its ports, and down again in the opposite order."""

from __future__ import annotations

import asyncio
import contextlib
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from secondlook.app.certificate import certificate
from secondlook.app.compose import compose
from secondlook.app.existing import check_places
from secondlook.app.first_start import prepare, server_id
from secondlook.app.lock import DataLock
from secondlook.app.memory import data_directory, open_objects, open_vault, opened_store
from secondlook.app.ports import Port, bind, listen
from secondlook.names import now
from secondlook.settings import SettingError, Settings

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


def serve(settings: Settings, announce: Callable[[Announcement], None]) -> None:
    """Serve until SIGINT or SIGTERM.

    Raises SettingError, HeldElsewhere, PortTaken, VaultError, Unusable or SchemaError before anything is changed that matters.
    """
    with contextlib.ExitStack() as stack:
        data = data_directory(settings)
        settings = replace(settings, data=data)
        stack.enter_context(DataLock(data, "secondlook serve"))
        if settings.database is None:
            check_places(settings, {"database"})
        plain = stack.enter_context(bind(settings.host, settings.port))
        encrypted = stack.enter_context(bind(settings.host, settings.tls_port)) if settings.tls_port else None
        store = stack.enter_context(opened_store(settings))
        vault = open_vault(settings, store)
        objects = open_objects(settings, store)
        installation = prepare(store, vault, settings, now())
        if installation.admin_token is not None and settings.host not in LOOPBACK:
            raise SettingError(
                f"There is no admin yet, so this server must not be reachable at {settings.host}: start it once without --host, "
                "open the link that it prints and make the admin account."
            )
        server = compose(settings, store, vault, objects, installation, server_id(data))
        stack.enter_context(server)
        files = certificate(settings, now())
        ports = (
            [Port(plain), Port(encrypted, files)] if encrypted else [Port(plain, files, speaks_plain=True)]
        )
        said = Announcement(
            url=settings.url,
            tls_url=f"https://{settings.subdomain}",
            data=data,
            admin_link=f"{settings.url}/welcome/{installation.admin_token}"
            if installation.admin_token
            else None,
            is_self_signed=settings.tls_cert is None,
        )
        sys.setswitchinterval(SWITCH_SECONDS)
        asyncio.run(
            listen(
                server.application,
                ports,
                lambda: announce(said),
                server.proxies.trusts,
                stopping=store.hurry,
            )
        )
