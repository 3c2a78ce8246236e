"""What stands around the content of a page for the visitor who is signed in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from secondlook.pages.visit import Visit


@dataclass(frozen=True, slots=True)
class Layout:
    """What stands around the content of a page for somebody who is signed in.

    - `label`: what to call the person; `email`: their address.
    - `is_admin`: whether to show the way to the console.
    - `csrf`: the token that every form carries.
    - `section`: which part of the navigation is current.
    - `notice`: one sentence about what was just done, or nothing.
    """

    label: str
    email: str
    is_admin: bool
    csrf: str
    section: str = ""
    notice: str = ""


def layout(visit: Visit, section: str = "", notices: Mapping[str, str] = MappingProxyType({})) -> Layout:
    """The layout of a page in this section of the navigation.

    `notices` is what `?notice=` may say there: words of ours, so that a link cannot put others on the page.
    """
    assert visit.session is not None
    person = visit.person
    return Layout(
        label=person.label,
        email=person.email,
        is_admin=person.is_admin,
        csrf=visit.session.csrf,
        section=section,
        notice=notices.get(visit.query.get("notice", ""), ""),
    )
