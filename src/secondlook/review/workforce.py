"""The private workforce: one per account, backed here by the server's own accounts [workforce.md].

The first work team makes a workforce called `default`; CreateWorkforce may replace it while it has no team,
so that programs which begin with CreateWorkforce run unmodified.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, delete, exists, insert, select, update

from secondlook.review.errors import InUse, Invalid
from secondlook.store import journal
from secondlook.store.insert import insert_new
from secondlook.store.tables import fact, workforce, workteam

DEFAULT = "default"

MOST_NETWORKS = 10
"""CIDRs of a SourceIpConfig [workforce.md, Network limits]."""

CONFIG = select(workforce.c.config).limit(1).scalar_subquery()
"""The configuration of the account's workforce, to be read along with something else; null where there is none."""

_TURN = "workforce"


def create(cx: Connection, name: str, config: dict[str, Any], account: str, now: datetime) -> None:
    """Make the account's workforce; raises Invalid when one with teams exists [api.md §5]."""
    if "CognitoConfig" in config and "OidcConfig" in config:
        raise Invalid("Give CognitoConfig or OidcConfig, not both: a workforce has one identity provider.")
    _check_networks(config)
    _take_turn(cx)
    current = cx.execute(select(workforce)).one_or_none()
    if current is not None:
        if current.name != DEFAULT or current.config or _has_teams(cx, current.name):
            raise Invalid(
                f"Cannot create more than one workforce for account {account}. "
                "If you are trying to update existing workforce, please use UpdateWorkforce API"
            )
        cx.execute(delete(workforce).where(workforce.c.name == current.name))
    cx.execute(insert(workforce).values(name=name, config=config, created_at=now, updated_at=now))
    journal.record(cx, "CreateWorkforce", "Workforce", name, now)


def ensure(cx: Connection, wanted: str | None, now: datetime) -> str:
    """The workforce that a new work team joins, by name if `wanted`; the default one is made if there is none.

    Raises Invalid for a name that does not exist.
    """
    _take_turn(cx)
    there = cx.scalar(select(workforce.c.name))
    if there is None and wanted in {None, DEFAULT}:
        cx.execute(insert(workforce).values(name=DEFAULT, config={}, created_at=now, updated_at=now))
        journal.record(cx, "CreateWorkforce", "Workforce", DEFAULT, now)
        return DEFAULT
    if wanted not in {None, there}:
        raise Invalid(f"No workforce found with name {wanted}; this account has {there or 'none yet'}.")
    return str(there)


def find(cx: Connection, name: str) -> Row[Any]:
    """The workforce's row; raises Invalid, as AWS does here instead of ResourceNotFound [api.md §5]."""
    row = cx.execute(select(workforce).where(workforce.c.name == name)).one_or_none()
    if row is None:
        raise Invalid(f"No workforce found with name {name}.")
    return row


def every() -> Select[Any]:
    return select(workforce)


def change(cx: Connection, name: str, config: dict[str, Any], now: datetime) -> Row[Any]:
    """Replace the given members of the configuration."""
    _check_networks(config)
    _take_turn(cx)
    row = find(cx, name)
    if "OidcConfig" in config and _has_teams(cx, name):
        raise Invalid("OidcConfig can be updated only while the workforce has no work teams.")
    cx.execute(
        update(workforce)
        .where(workforce.c.name == name)
        .values(config={**row.config, **config}, updated_at=now)
    )
    detail = {"changed": sorted(config)}
    journal.record(cx, "UpdateWorkforce", "Workforce", name, now, detail=detail)
    return find(cx, name)


def remove(cx: Connection, name: str, now: datetime) -> None:
    _take_turn(cx)
    find(cx, name)
    if _has_teams(cx, name):
        raise InUse(f"Workforce {name} still has work teams; delete them first.")
    cx.execute(delete(workforce).where(workforce.c.name == name))
    journal.record(cx, "DeleteWorkforce", "Workforce", name, now)


def networks(config: Mapping[str, Any] | None) -> tuple[str, ...]:
    """The CIDRs from which alone the portal can be used, of what CONFIG reads; none is everywhere."""
    return tuple((config or {}).get("SourceIpConfig", {}).get("Cidrs", ()))


def networks_now(cx: Connection) -> tuple[str, ...]:
    """The same, asked alone."""
    return networks(cx.scalar(select(workforce.c.config).limit(1)))


def lets_in(cidrs: Iterable[str], client: str) -> bool:
    """Whether somebody at the address `client` may use the portal; an address that cannot be read may not. Pure."""
    ranges = [ipaddress.ip_network(cidr, strict=False) for cidr in cidrs]
    if not ranges:
        return True
    try:
        address = ipaddress.ip_address(client.partition("%")[0])
    except ValueError:
        return False
    inner = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    return any((inner or address) in network for network in ranges)


def _check_networks(config: Mapping[str, Any]) -> None:
    """Raise Invalid naming what is no CIDR; the pattern of the service model lets some through."""
    cidrs = networks(config)
    if len(cidrs) > MOST_NETWORKS:
        raise Invalid(f"SourceIpConfig holds {len(cidrs)} CIDRs; at most {MOST_NETWORKS} are possible.")
    for cidr in cidrs:
        try:
            ipaddress.ip_network(cidr, strict=False)
        except ValueError:
            raise Invalid(
                f"SourceIpConfig: {cidr!r} is no CIDR; write it like 192.0.2.0/24 or 2001:db8::/32."
            ) from None


def _has_teams(cx: Connection, name: str) -> bool:
    return bool(cx.scalar(select(exists().where(workteam.c.workforce == name))))


def _take_turn(cx: Connection) -> None:
    """Whoever makes, joins or removes the workforce queues at one row: no unique key can say that there is only one."""
    insert_new(cx, fact, name=_TURN, value="one per account")
    cx.execute(select(fact.c.name).where(fact.c.name == _TURN).with_for_update())
