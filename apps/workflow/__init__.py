"""The verbs that move a case; no models of its own."""
