"""Batch transform: a model asked about every object of a prefix or a manifest, its answers written beside each other.

`job` has the rows, `definition` what a job may ask for; `source` → `splitting` → `calls` → `results` is the way of the records,
`run` sends them along it, and `jobs` does the duty.
"""
