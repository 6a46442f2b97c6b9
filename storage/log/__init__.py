"""The log's rows: staging, ordering, proving, publishing, and erasing beside it."""
