"""What must hold before a change is taken: one module for each kind of gate."""
