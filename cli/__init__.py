"""The operators' commands: a client of the console's API, and the processes of the engine."""
