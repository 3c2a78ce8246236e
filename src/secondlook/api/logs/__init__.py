"""CloudWatch Logs, as far as models need it: what they say, read back, kept for so long, deleted (JSON 1.1)."""
