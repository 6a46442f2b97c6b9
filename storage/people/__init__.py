"""Who is there and works on what: directory, sign-in, designations and exclusions."""
