"""The door for time: what is owed is done when it is due."""
