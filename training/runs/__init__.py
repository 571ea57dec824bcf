"""What passes from learning to inference: a run's folder, read and written."""
