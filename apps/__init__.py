"""The rooms of collabscreen, in one line of dependency."""
