"""A gallery over a small real catalogue, without the jobs in between."""

from pathlib import Path

from training.dataset.catalog import Catalog
from training.dataset.pages import PicturePages
from training.dataset.picture import DatasetInfo, NewPicture, Picture, Split, State


def info(name="kaggle", **changes):
    counts = dict.fromkeys(
        ("quarantined", "excluded", "duplicates", "train", "validation", "test", "leaks"), 0
    )
    return DatasetInfo(**{"name": name, "pictures": 5, "cats": 3, "dogs": 2} | counts | changes)


def picture(number, **changes):
    facts = {
        "id": number,
        "path": Path(f"/nowhere/cat.{number}.jpg"),
        "name": f"cat.{number}.jpg",
        "sha256": f"{number:064x}",
        "size_bytes": 1000,
        "width": 20,
        "height": 10,
        "label": "cat",
        "number": number,
        "split": Split.TRAIN,
        "state": State.USED,
        "reason": "",
    }
    return Picture(**facts | changes)


PICTURES = [
    picture(1),
    picture(2, label="dog", name="dog.2.jpg"),
    picture(3, split=Split.TEST),
    picture(4, state=State.QUARANTINED, reason="The file is empty.", split=None),
    picture(5, sha256=f"{3:064x}", split=Split.VALIDATION),
]


class Shelf:
    """Answers at once what a gallery looks for.

    Args:
        gallery: Asks.
        folder: Gets the catalogue.
        pictures: Its rows; their ids are 1, 2, 3...
    """

    def __init__(self, gallery, folder, pictures):
        self.gallery = gallery
        self.catalog = Catalog.create(folder, source="drawn", ignored=0)
        self.catalog.add(_new(picture) for picture in pictures)
        self.catalog.assign_splits({picture.id: picture.split for picture in pictures})
        gallery.look_requested.connect(self.look)

    def close(self):
        """Answer no more: what was typed last is asked for a moment later."""
        self.gallery.look_requested.disconnect(self.look)
        self.catalog.close()

    def look(self):
        look = self.gallery.look()
        ids = self.catalog.selection.ids(*look, leaking=list(self.gallery.leaks))
        pages = PicturePages(ids.tolist(), self.catalog.pictures_by_id)
        self.gallery.show_pictures(pages, look)


def _new(picture):
    return NewPicture(
        str(picture.path),
        picture.name,
        picture.sha256,
        picture.size_bytes,
        picture.width,
        picture.height,
        picture.label,
        picture.number,
        picture.state,
        picture.reason,
    )


def names(page):
    view = page._gallery.view
    return [view.tile(row).name for row in range(view.count())]


def choose(choice, words):
    choice.setCurrentText(words)
    choice.activated.emit(choice.currentIndex())
