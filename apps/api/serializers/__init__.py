"""Shapes of input and output, apart from each other; none of them reads or writes rows."""
