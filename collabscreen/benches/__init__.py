"""Measurements with targets: what a bench is, how it is judged, and the benches themselves."""
