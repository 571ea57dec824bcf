"""The user's guide in a window of its own, and which page fits what is looked at."""
