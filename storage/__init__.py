"""PostgreSQL: engine, unit of work, queries and migrations."""
