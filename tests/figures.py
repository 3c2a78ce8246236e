"""Figures that long runs report: printed below the results, also when pytest's own workers measured them."""

from __future__ import annotations

import pytest

FIGURE = "figure"


def show(reporter: pytest.TerminalReporter) -> None:
    reports = [report for group in reporter.stats.values() for report in group]
    lines = [
        line
        for report in reports
        if getattr(report, "when", None) == "call"
        for kind, line in report.user_properties
        if kind == FIGURE
    ]
    if lines:
        reporter.section("figures")
        for line in lines:
            reporter.write_line(line)
