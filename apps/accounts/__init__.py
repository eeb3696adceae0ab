"""Who there is: people, institutions, units, offices, facilities, memberships, roles, delegation."""
