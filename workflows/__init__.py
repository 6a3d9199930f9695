"""The rules kept alive in time: each case is one durable workflow."""
