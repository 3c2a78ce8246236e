"""Every object of a prefix or a manifest before a model, and what is in doubt before people: once, whatever is killed meanwhile.

`source` lists what there is, `asking` asks about one object for as long as it takes, `progress_file` remembers what is done, `summary`
counts, and `run` puts them together.
"""

from secondlook.client.batch.run import CONCURRENCY, run_batch
from secondlook.client.batch.summary import Summary

__all__ = ["CONCURRENCY", "Summary", "run_batch"]
