"""What happened: the ledger, the read model, responsibilities and the outbox, on SQLite or PostgreSQL."""
