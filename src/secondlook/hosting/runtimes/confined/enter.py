"""The program that gives up what its plan says, and becomes the command that follows it."""

from __future__ import annotations

import os
import signal
import sys

from secondlook.hosting.runtimes.confined import landlock, limits, namespaces, system, system_calls
from secondlook.hosting.runtimes.confined.keeper import keep
from secondlook.hosting.runtimes.confined.plan import Level, Plan


def main() -> None:
    """Each step takes away what later ones need no more, so their order matters."""
    plan, command = Plan.from_json(sys.argv[1]), sys.argv[2:]
    if plan.level in {Level.LANDLOCK, Level.LIMITS}:
        keep()
    elif sys.platform == "linux":
        system.die_with_parent(signal.SIGKILL)
        if plan.level is Level.NAMESPACES:
            namespaces.enter(plan)
    limits.be_first_to_go()
    limits.apply(plan)
    if plan.user is not None:
        _become(plan.user)
    if sys.platform == "linux":
        _close(plan)
    if plan.level is Level.NAMESPACES:
        namespaces.run(command)
    os.execv(command[0], command)  # noqa: S606


def _become(user: int) -> None:
    os.setgroups([])
    os.setresgid(user, user, user)
    os.setresuid(user, user, user)


def _close(plan: Plan) -> None:
    if os.geteuid() == 0:
        system.drop_capabilities()
    system.no_new_privileges()
    system.die_with_parent(signal.SIGKILL)  # again: a change of user has undone it
    if plan.level is Level.LIMITS:
        return
    if plan.level is Level.LANDLOCK:
        own = f"/proc/{os.getpid()}"
        landlock.restrict([*plan.read, own], plan.devices, [plan.scratch])
    system_calls.refuse(
        namespaces=plan.level is not Level.LANDLOCK,
        signals_inside=landlock.version() >= landlock.SCOPES,
        own=os.getpid(),
    )


if __name__ == "__main__":
    main()
