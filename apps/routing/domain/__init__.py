"""Who looks at a case and by when: charters applied, assignments kept, days counted."""
