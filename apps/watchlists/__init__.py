"""Restricted-party lists: sources, versions, entries and the search over names."""
