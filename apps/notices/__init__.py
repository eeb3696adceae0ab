"""What people are told: the in-app inbox and e-mail, delivered at least once and seen once."""
