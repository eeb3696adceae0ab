"""One running installation: its place, its children, what it is filled with first."""
