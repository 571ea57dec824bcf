"""Everything of CatDog that is not the window: pictures, runs, verdicts, training, command line."""
