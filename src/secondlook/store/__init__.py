"""Memory: tables and transactions, the outbox of duties, and objects."""
