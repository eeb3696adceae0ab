"""The invented university for trying things out, put on record by the verbs people use."""
