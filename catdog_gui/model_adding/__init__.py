"""The one way in which a model that the user was given becomes a run, for both tabs."""
