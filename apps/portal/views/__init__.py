"""Pages: each reads the request, calls a domain function and answers."""
