"""Memory that ran out, by whatever name it is told."""


def is_out_of_memory(error: Exception) -> bool:
    """Whether memory ran out, in Python's words or in TensorFlow's, which is not imported here."""
    return isinstance(error, MemoryError) or type(error).__name__ == "ResourceExhaustedError"
