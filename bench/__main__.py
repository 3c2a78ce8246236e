"""`python -m bench [--rounds tiny|quick|full] [COMPARISON …]`: run the comparisons, print their table."""

from __future__ import annotations

import argparse
import sys
import time

from bench import (
    conditions,
    detector,
    elements,
    invoke_endpoint,
    million_loops,
    objects,
    one_call,
    read_loops,
    serve,
    start_loop,
    transform_job,
    update_endpoint,
)
from bench.figure import Figure, table
from bench.rounds import ROUNDS

COMPARISONS = {
    "start-loop": start_loop.figures,
    "read-loops": read_loops.figures,
    "objects": objects.figures,
    "invoke-endpoint": invoke_endpoint.figures,
    "update-endpoint": update_endpoint.figures,
    "one-call": one_call.figures,
    "detector": detector.figures,
    "transform-job": transform_job.figures,
    "conditions": conditions.figures,
    "million-loops": million_loops.figures,
    "serve": serve.figures,
    "elements": elements.figures,
}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("comparisons", nargs="*", choices=[[], *COMPARISONS], metavar="COMPARISON")
    parser.add_argument(
        "--rounds",
        choices=ROUNDS,
        default="full",
        help="tiny: proof that each runs, within a minute; quick: a rough idea within two; full: figures to quote",
    )
    options = parser.parse_args()
    figures: list[Figure] = []
    for name in options.comparisons or COMPARISONS:
        began = time.monotonic()
        for figure in COMPARISONS[name](ROUNDS[options.rounds]):
            print(
                f"{name}: {figure.subject} / {figure.yardstick} = {figure.ratio}", file=sys.stderr, flush=True
            )
            figures.append(figure)
        print(f"{name} took {time.monotonic() - began:.0f} s", file=sys.stderr, flush=True)
    print(table(figures))


if __name__ == "__main__":
    main()
