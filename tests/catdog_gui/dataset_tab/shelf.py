"""A gallery over a small real catalogue, without the jobs in between."""

from training.dataset.catalog import Catalog
from training.dataset.pages import PicturePages
from training.dataset.picture import NewPicture


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
