"""What imports cannot see: laws of the house, read off the source itself."""
