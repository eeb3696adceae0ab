"""What a notice can do: be left for a person, be mailed, be read."""
