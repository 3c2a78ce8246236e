"""STS: who calls (query) [sdk-wire-trace.md]."""
