"""The installation: settings, start, checks and gates; the only place that knows every room."""
