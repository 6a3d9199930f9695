"""What a decision does to the world: it is recorded, and its notices are delivered."""
