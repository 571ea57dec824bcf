"""Pictures on disk become a checked and split catalogue."""
