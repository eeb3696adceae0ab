"""What can be concluded and recorded: determine, explain, replay, sign."""
