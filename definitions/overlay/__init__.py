"""What a local overlay may change of what it extends: it may shorten a limit and never lengthen it."""
