"""The verbs of a case: one verb, one function, one transaction."""
