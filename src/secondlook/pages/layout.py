"""What stands around a page for the visitor who is signed in."""

from __future__ import annotations

from secondlook.pages.contexts import Layout
from secondlook.pages.visit import Visit

NOTICES = {
    "declined": "You declined the task; it is not offered to you again.",
    "done": "Submitted. Nothing else is waiting there.",
    "empty": "Nothing is waiting there any more: somebody else was quicker, or the tasks have ended.",
    "paused": "Stopped. Your draft is kept until you resume, as long as the time lasts.",
    "released": "Released. The task is back in the queue.",
    "submitted": "Submitted.",
    "admin-made": "That person is an admin now.",
    "loop-deleted": "The human loop is deleted. What was written to S3 stays there.",
    "loop-stopped": "Nobody is offered this loop any more; whoever is at work on it may finish.",
    "output-written": "The output is written.",
    "key-revoked": "The access key works no more.",
    "member-removed": "Removed from the work team.",
    "team-made": "The work team is there. Invite its people next.",
    "switched-off": "The account is switched off and signed out everywhere.",
    "switched-on": "The account is switched on again.",
}
"""What `?notice=` may say: words of ours, so that a link cannot put others on the page."""


def layout(visit: Visit, section: str = "") -> Layout:
    """The layout of a page in this section of the navigation."""
    assert visit.session is not None
    person = visit.person
    return Layout(
        label=person.label,
        email=person.email,
        is_admin=person.is_admin,
        csrf=visit.session.csrf,
        section=section,
        notice=NOTICES.get(visit.query.get("notice", ""), ""),
    )
