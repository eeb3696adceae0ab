"""Commands of the verbs."""
