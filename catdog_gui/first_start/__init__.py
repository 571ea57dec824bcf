"""What greets in a home where nothing was done yet: three cards, once."""
