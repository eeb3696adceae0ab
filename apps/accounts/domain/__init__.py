"""What can be done with people, offices and roles."""
