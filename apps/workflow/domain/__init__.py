"""The verbs, the one door through which a case moves, and who may do what."""
