"""Schema history of the watch lists."""
