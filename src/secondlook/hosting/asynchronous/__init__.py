"""Asynchronous inference: calls that are kept as rows, answered when an instance is free, and whose answers are objects."""
