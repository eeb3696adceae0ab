"""What the rooms promise, one folder a room."""
