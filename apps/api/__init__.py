"""The same verbs as the pages, for machines: API version 1."""
