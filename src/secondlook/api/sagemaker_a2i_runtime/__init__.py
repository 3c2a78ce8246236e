"""Augmented AI runtime: human loops (REST JSON) [api.md §2]."""
