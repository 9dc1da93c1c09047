"""Other open-source solvers behind one interface, each in a module of its own."""
