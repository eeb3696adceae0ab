"""Pages for people, over the same verbs as the API."""
