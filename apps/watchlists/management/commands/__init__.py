"""Commands of the watch lists."""
