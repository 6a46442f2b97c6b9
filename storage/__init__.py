"""PostgreSQL: engine, transactions, queries and migrations."""
