"""Placeholder until the element bundle exists."""
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class ElementBundle(BuildHookInterface):  # type: ignore[misc]
    def initialize(self, version: str, build_data: dict[str, object]) -> None:
        pass
