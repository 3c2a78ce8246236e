"""Programs and notebooks that use the helper, in an environment that has nothing of the server's: the client's packages, and frames."""
