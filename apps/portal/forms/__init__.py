"""Shapes of what people send; what it means is for the rooms to say."""
