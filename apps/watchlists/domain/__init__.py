"""What one can do with watch lists: read, load and search them."""
