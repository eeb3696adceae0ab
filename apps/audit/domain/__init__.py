"""What history can do: record, read, say, seal, verify, and guard its rows."""
