"""Proving a procedure: it is explored with ``decide`` itself, and each fault is shown by a story."""
