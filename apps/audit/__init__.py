"""Append-only, hash-chained history of what happened; knows no other room."""
