"""Who there is: people, institutions with units and facilities, offices, roles, delegation."""
