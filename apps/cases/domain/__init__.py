"""What can be asked of cases and their facts; no verdicts."""
