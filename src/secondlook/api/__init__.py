"""The door for programs: AWS's protocols on one port, operation by operation."""
