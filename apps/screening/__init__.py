"""What was concluded: immutable determinations, recommendations and signatures."""
