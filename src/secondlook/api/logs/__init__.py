"""CloudWatch Logs, as far as models need it: what they say, read back (JSON 1.1)."""
