"""What goes into a bundle and what stays out, as tables; `build.spec` asks here.

Nothing here imports PyInstaller, so that the tables can be tested without it.
"""

import platform
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path, PurePath, PurePosixPath

REPOSITORY = Path(__file__).resolve().parent.parent
DIST = REPOSITORY / "dist"
"""Where bundles and archives lie."""

Entry = tuple[str, str, str]
"""A row of PyInstaller's tables: its place in the bundle, the file that it comes from, its kind."""


@dataclass(frozen=True)
class Program:
    """A program that is packed into a folder of its own.

    Attributes:
        key: The folder's and the executable's name.
        title: Its name for people.
        description: What it is, in a few words, for file properties and menus.
        script: Where it starts, from the repository's root.
        icon: A drawing of `resources/icons`.
        brings: Packages that are imported by names made at run time, whole.
        excludes: Modules that it must not bring, beside `NEVER`.
        drops: Patterns of files that it does not need, beside `DROPS`.
        has_weights: Whether it stands on networks that others trained.
    """

    key: str
    title: str
    description: str
    script: str
    icon: str
    brings: tuple[str, ...] = ()
    excludes: tuple[str, ...] = ()
    drops: tuple[str, ...] = ()
    has_weights: bool = False


CATDOG = Program(
    key="catdog",
    title="CatDog",
    description="Learns to tell cats from dogs and shows its reasons",
    script="catdog_gui/__main__.py",
    icon="app",
    brings=("tf2onnx",),  # Keras asks for it by its name
    has_weights=True,
)
VIEWER = Program(
    key="catdog-viewer",
    title="CatDog Viewer",
    description="Tells cats from dogs with a model that you were given",
    script="catdog_gui/viewer.py",
    icon="viewer",
    excludes=(
        "keras",
        "tensorflow",
        "tf2onnx",
        "onnx",
        "h5py",
        "sklearn",
        "scipy",
        "matplotlib",
        "typer",
        "rich",
        "kagglesdk",
        "keyring",
        "requests",
    ),
    drops=("resources/default/model.keras",),
)
PROGRAMS: Mapping[str, Program] = {row.key: row for row in (CATDOG, VIEWER)}

NEVER = (
    # other tool kits for windows
    *("tkinter", "_tkinter", "PyQt5", "PyQt6", "PySide2", "wx", "gi"),
    # for those who write programs, not for those who use them
    *("IPython", "jupyter_core", "pip", "pytest", "setuptools", "pkg_resources", "tensorboard"),
    *("sklearn.tests", "torch", "jax"),
    # what the kaggle package brings for its command; the program asks its client, kagglesdk
    *("kaggle", "jupytext", "nbformat", "bleach"),
    # what no line of ours and none of Keras' for TensorFlow reaches
    *("pandas", "matplotlib.tests", "h5py.tests", "mpl_toolkits"),
    "readline",  # under the GPL, which would then hold for the whole; nobody types a line here
)
"""Modules that no bundle brings."""

DROPS: Sequence[tuple[str, str]] = (
    ("*.h", "headers, for compilers"),
    ("*.hpp", "headers, for compilers"),
    ("*.pxd", "sources, for compilers"),
    ("*.pyx", "sources, for compilers"),
    ("*.pyi", "types, for editors"),
    ("*.tp", "templates of sources, for compilers"),
    ("*.c", "sources, for compilers"),
    ("*.cc", "sources, for compilers"),
    ("*.cpp", "sources, for compilers"),
    ("*.pxi", "sources, for compilers"),
    ("*/meson.build", "for a build"),
    ("tensorflow/include/*", "headers, for compilers"),
    ("*/tests/*", "tests of libraries"),
    ("sklearn/datasets/*.jpg", "photographs of others"),
    ("sklearn/datasets/images/*", "photographs of others"),
    ("sklearn/datasets/data/*", "data of others"),
    ("sklearn/datasets/descr/*", "data of others"),
    ("matplotlib/mpl-data/sample_data/*", "data of others"),
    ("matplotlib/mpl-data/fonts/afm/*", "fonts for PostScript, which nothing here writes"),
    ("matplotlib/mpl-data/fonts/pdfcorefonts/*", "fonts for PDF, which nothing here writes"),
    ("matplotlib/mpl-data/images/*", "the toolbar's, which our plots do without"),
    ("tensorflow/compiler/mlir/stablehlo/stablehlo_extension.so", "for another form of models"),
    ("tensorflow/compiler/tf2xla/ops/_xla_ops.so", "for a compiler that does not help a CPU"),
    ("PySide6/Qt/translations/*", "Qt's own words in languages that the window does not speak"),
    ("PySide6/translations/*", "the same, on Windows"),
    ("PySide6/Qt/plugins/platformthemes/libqgtk3.so", "would bring all of GTK"),
    ("PySide6/Qt/plugins/egldeviceintegrations/*", "screens without a window system"),
    ("PySide6/Qt/plugins/generic/*", "input devices without a window system"),
    ("PySide6/Qt/plugins/platforms/libqeglfs.so", "screens without a window system"),
    ("PySide6/Qt/plugins/platforms/libqlinuxfb.so", "screens without a window system"),
    ("PySide6/Qt/plugins/platforms/libqminimal*.so", "for Qt's own tests"),
    ("PySide6/Qt/plugins/platforms/libqvkkhrdisplay.so", "screens without a window system"),
    ("PySide6/Qt/plugins/platforms/libqvnc.so", "screens far away"),
    ("PySide6/Qt/plugins/tls/*", "the window opens no encrypted connection"),
    ("PySide6/Qt/plugins/networkinformation/*", "the window asks for no network"),
    ("resources/desktop/*", "filled in, and put beside the program"),
    ("resources/licences/*", "collected under licences/"),
    ("*.dist-info/RECORD", "for pip"),
    ("*.dist-info/INSTALLER", "for pip"),
    ("*.dist-info/REQUESTED", "for pip"),
    ("*.dist-info/direct_url.json", "tells a folder of the build machine"),
    ("*.dist-info/licenses/*", "collected under licences/"),
    ("*.dist-info/sboms/*", "for the list of materials"),
)
"""Files that no bundle brings, by pattern, each with the reason; `*` goes through folders too."""

STRIPPED = (
    *("tensorflow/*", "PySide6/*", "shiboken6/*", "grpc/*", "onnx/*"),
    *("libpython3*", "python3*/lib-dynload/*", "lib*"),
)
"""Where debugging symbols are taken out on Linux."""
NOT_STRIPPED = ("numpy.libs/*", "scipy.libs/*", "pillow.libs/*", "h5py.libs/*")
"""Libraries that their makers have patched: stripping breaks them."""

METADATA = ("catdog", "numpy", "onnxruntime", "pillow", "PySide6-Essentials")
"""Distributions whose versions a program asks for at run time, in every bundle."""
METADATA_OF_LEARNING = ("keras", "tensorflow", "tensorflow-cpu", "tf2onnx", "matplotlib")
"""The same, where the program learns; what is not installed is not there to be asked for."""


def is_dropped(place: str, also: Iterable[str] = ()) -> bool:
    """Whether a file stays out of the bundle.

    Args:
        place: Its path inside the bundle.
        also: Patterns beside `DROPS`.
    """
    path = PurePath(place).as_posix()
    return any(fnmatchcase(path, pattern) for pattern in (*(row[0] for row in DROPS), *also))


def is_stripped(place: str) -> bool:
    """Whether a file's debugging symbols may be taken out."""
    path = PurePosixPath(place).as_posix()
    if any(fnmatchcase(path, pattern) for pattern in NOT_STRIPPED):
        return False
    return any(fnmatchcase(path, pattern) for pattern in STRIPPED)


def without_orphans(entries: Sequence[Entry], needs: Callable[[str], set[str]]) -> list[Entry]:
    """Drop system libraries that nothing needs any more, and what only they needed.

    Args:
        entries: Binaries of a bundle from which some were dropped.
        needs: The names of the libraries that a file asks its loader for.

    Returns:
        The others, in their order.
    """
    kept = list(entries)
    while True:
        wanted = {name for _, source, _ in kept for name in needs(source)}
        left = [
            entry for entry in kept if not _is_system(entry) or PurePath(entry[0]).name in wanted
        ]
        if len(left) == len(kept):
            return left
        kept = left


def _is_system(entry: Entry) -> bool:
    """Whether a library comes from the build machine's system rather than from a wheel.

    Python's own does not count, wherever it is from: the executable loads it by its name.
    """
    place, source, kind = entry
    if place.startswith("libpython"):
        return False
    roots = ("/lib/", "/lib64/", "/usr/lib/", "/usr/lib64/")
    return kind == "BINARY" and "/" not in place and source.startswith(roots)


def tensorflow_wheel(system: str = sys.platform, machine: str = "") -> str:
    """The wheel that a bundle takes TensorFlow from: without CUDA code, where there is one."""
    has_small = system == "win32" or (
        system == "linux" and (machine or platform.machine()) == "x86_64"
    )
    return "tensorflow-cpu" if has_small else "tensorflow"
