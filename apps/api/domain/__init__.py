"""What the API keeps for itself: tokens and remembered answers."""
