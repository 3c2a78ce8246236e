"""Prints what `results` gives as frames of pandas and polars: `frames.py FLOW`."""

import json
import sys

import secondlook

pandas = secondlook.results(sys.argv[1])
polars = secondlook.results(sys.argv[1], frame="polars")
print(
    json.dumps(
        {
            "kinds": [type(pandas).__module__.split(".")[0], type(polars).__module__.split(".")[0]],
            "columns": [list(pandas.columns), list(polars.columns)],
            "decisions": [
                pandas["decision"].value_counts().to_dict(),
                sorted(polars["decision"].drop_nulls()),
            ],
            "answers": [[*map(list, pandas["answers"])], polars["answers"].to_list()],
            "created": [str(pandas["created"].dtype), str(polars["created"].dtype)],
        }
    )
)
