"""Pages, their fields and their words."""
