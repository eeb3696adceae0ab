"""Commands of history, one module each."""
