"""The tables of actions, and the menus made from them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenuBar

from catdog_gui import theme

SEPARATOR = ""


@dataclass(frozen=True)
class ActionRow:
    """One entry of a menu.

    Attributes:
        key: What it does, as "tab.verb" or "window.verb".
        text: Its words; & marks the letter that Alt chooses.
        icon: One of our icons, or none.
        shortcut: Its keys, in Qt's portable words, or none.
    """

    key: str
    text: str
    icon: str = ""
    shortcut: str = ""


Menus = Mapping[str, Sequence[ActionRow | str]]
"""Rows and separators by their menus' titles."""

_OPEN_PICTURES = ActionRow("prediction.open", "&Open pictures…", "image", "Ctrl+O")
_ADD_MODEL = ActionRow("prediction.add_model", "&Add a model…", "add", "Ctrl+M")
_QUIT = ActionRow("window.quit", "&Quit", "", "Ctrl+Q")
_HELP = (
    ActionRow("window.help", "&Help on this", "help", "F1"),
    ActionRow("window.guide", "&Guide", "guide"),
    SEPARATOR,
)
_OPEN_LOGS = ActionRow("window.open_logs", "Open &log folder", "folder")

MENUS: Menus = {
    "&File": (
        ActionRow("dataset.kaggle", "Pictures from &Kaggle…", "download"),
        ActionRow("dataset.import_zip", "Import &zip…", "archive", "Ctrl+I"),
        ActionRow("dataset.import_folder", "Import &folder…", "folder", "Ctrl+Shift+I"),
        ActionRow("dataset.make_sample", "&Make the sample set", "dataset"),
        SEPARATOR,
        _OPEN_PICTURES,
        _ADD_MODEL,
        SEPARATOR,
        _QUIT,
    ),
    "&Edit": (
        ActionRow("dataset.undo", "&Undo", "undo", "Ctrl+Z"),
        ActionRow("dataset.redo", "&Redo", "redo", "Ctrl+Y"),
    ),
    "&View": (
        ActionRow("window.show_dataset", "&Dataset", "dataset", "Ctrl+1"),
        ActionRow("window.show_training", "&Training", "training", "Ctrl+2"),
        ActionRow("window.show_prediction", "&Prediction", "prediction", "Ctrl+3"),
    ),
    "&Dataset": (ActionRow("dataset.check", "&Check", "check"),),
    "&Training": (
        ActionRow("training.train", "&Train", "play", "Ctrl+Return"),
        ActionRow("training.pause", "&Pause", "pause"),
        ActionRow("training.finish", "&Finish now", "finish"),
        ActionRow("training.discard", "&Discard", "trash"),
    ),
    "&Prediction": (
        ActionRow("prediction.judge", "&Judge a model…", "check", "Ctrl+J"),
        ActionRow("prediction.submission", "&Kaggle submission…", "finish"),
    ),
    "&Help": (
        *_HELP,
        _OPEN_LOGS,
        ActionRow("window.about", "&About CatDog", "info"),
    ),
}

VIEWER_MENUS: Menus = {
    "&File": (
        _OPEN_PICTURES,
        _ADD_MODEL,
        SEPARATOR,
        _QUIT,
    ),
    "&Help": (
        *_HELP,
        _OPEN_LOGS,
        ActionRow("window.about", "&About CatDog Viewer", "info"),
    ),
}

_ROLES: Mapping[str, QAction.MenuRole] = {  # a Mac moves these two to the program's own menu
    "window.quit": QAction.MenuRole.QuitRole,
    "window.about": QAction.MenuRole.AboutRole,
}


def build_menus(
    bar: QMenuBar, menus: Menus, doers: Mapping[str, Callable[[], None]]
) -> Mapping[str, QAction]:
    """Fill a menu bar from a table.

    Args:
        bar: The window's.
        menus: The table.
        doers: What each key of the table does.

    Returns:
        The actions by their keys.
    """
    actions: dict[str, QAction] = {}
    for title, rows in menus.items():
        menu = bar.addMenu(title)
        for row in rows:
            if isinstance(row, ActionRow):
                action = _build_action(bar, row)
                action.triggered.connect(lambda *_, do=doers[row.key]: do())
                menu.addAction(action)
                actions[row.key] = action
            else:
                menu.addSeparator()
    return actions


def _build_action(bar: QMenuBar, row: ActionRow) -> QAction:
    action = QAction(row.text, bar)
    if row.icon:
        action.setIcon(theme.icon(row.icon))
    action.setShortcut(QKeySequence(row.shortcut))
    action.setMenuRole(_ROLES.get(row.key, QAction.MenuRole.NoRole))
    return action
