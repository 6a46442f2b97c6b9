"""The API under `/api/v1`: acts and reads for programs, by bearer token alone."""
