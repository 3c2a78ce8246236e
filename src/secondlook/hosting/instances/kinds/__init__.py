"""Kinds of instances, one a module or folder; none knows of another."""
