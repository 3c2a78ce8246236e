"""IAM: the roles that programs look up before they name them (query)."""
