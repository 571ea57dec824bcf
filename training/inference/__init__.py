"""A finished run gives verdicts, without TensorFlow."""
