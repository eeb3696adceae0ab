"""Golden cases: worked determinations in files, run against an edition and compared."""
