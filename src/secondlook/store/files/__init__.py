"""Objects in a directory: bodies are files with names of our own, keys are rows that point to them.

A put writes a new file, makes it durable and then switches one row, so a reader sees the old object or the new
one, and a crash leaves at most a file that nothing points to. Files are removed by `sweep` alone.
"""

from secondlook.store.files.objects import Files

__all__ = ["Files"]
