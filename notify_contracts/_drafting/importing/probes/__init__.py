"""Programs that the interpreter of somebody else's package runs: they need nothing of this library."""
