"""The window of CatDog. Qt lives here and nowhere else."""
