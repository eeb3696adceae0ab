"""Endpoints: each reads a shape, calls one domain function, shows a shape."""
