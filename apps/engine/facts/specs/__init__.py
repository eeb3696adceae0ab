"""The facts the registry knows, by block."""
