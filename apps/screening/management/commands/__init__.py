"""Commands of the screening room."""
