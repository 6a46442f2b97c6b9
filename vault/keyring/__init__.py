"""The keys of one agency: rows, ciphers, files, and who may use which."""
