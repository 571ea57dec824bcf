"""What a user gives where a model is meant, told by its name; its content is looked at in a job."""

from pathlib import Path

from training.runs.run_folder import RECORD_FILE

SHARED_SUFFIX = ".catdog"
"""Of a run as one file."""

STRANGERS_SUFFIXES = (".keras", ".h5", ".hdf5")
"""Of models that another program saved."""

SAVED_MODEL_FILE = "saved_model.pb"
"""In the folder of a TensorFlow SavedModel."""

_IN_FOLDERS = (RECORD_FILE, SAVED_MODEL_FILE)


def looks_like_model(path: Path) -> bool:
    """Whether a file or folder is named as a model is; what it holds may be something else."""
    if path.suffix.lower() in (SHARED_SUFFIX, *STRANGERS_SUFFIXES) or path.name in _IN_FOLDERS:
        return True
    return any((path / name).is_file() for name in _IN_FOLDERS)


def may_hold_model(path: Path) -> bool:
    """Whether a file or folder is a model by its name, or an archive that may hold a run."""
    return looks_like_model(path) or path.suffix.lower() == ".zip"


def model_place(path: Path) -> Path:
    """The model that a file stands for: its folder where it is a file that only folders have."""
    return path.parent if path.name in _IN_FOLDERS else path
