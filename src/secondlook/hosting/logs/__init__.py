"""What models say: kept in files that stay small, each line with its time, and read again as CloudWatch Logs would answer."""
