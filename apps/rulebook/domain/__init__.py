"""What the rulebook room does: read, check, load and answer which law is in force."""
