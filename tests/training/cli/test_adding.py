"""Several sources of one dataset, and what folders show, on the command line."""

import pytest

from tests.training.cli.conftest import Terminal
from tests.training.dataset.making import jpeg, pets, write_folder, write_zip


def test_sources_are_imported_added_and_listed(terminal: Terminal, tmp_path) -> None:
    one = write_folder(tmp_path / "one", pets(3))
    other = write_zip(tmp_path / "other.zip", {"gato/1.jpg": jpeg(90)})
    status, (imported,) = terminal("data", "import", one, other, "--name", "pets")
    assert (status, imported["cats"], imported["dogs"]) == (0, 4, 3)
    assert imported["classes"][f"{other.as_posix()}/gato"] == "cat"
    terminal("data", "split", "pets", "--train", ".4", "--validation", ".3")
    more = write_folder(tmp_path / "more", pets(4))
    status, (added,) = terminal("data", "add", "pets", more)
    assert status == 0
    assert {key: added[key] for key in ("cats", "dogs", "copies", "pictures")} == {
        "cats": 1, "dogs": 1, "copies": 6, "pictures": 9,
    }  # fmt: skip
    _, (info,) = terminal("data", "info", "pets")
    assert info["train"] + info["validation"] + info["test"] == 7
    assert [(each["source"], each["pictures"]) for each in info["sources"]] == [
        (str(one), 6), (str(other), 1), (str(more), 2),
    ]  # fmt: skip


def test_folders_that_say_no_class_are_listed_and_can_be_said(terminal: Terminal, tmp_path) -> None:
    source = write_folder(tmp_path / "mine", {"felix/1.jpg": jpeg(1), "rex/1.jpg": jpeg(2)})
    status, _ = terminal("data", "import", source, "--name", "pets")
    assert status == 1
    assert "“felix” (1), “rex” (1)" in terminal.stderr
    answers = ("--class", "felix=cat", "--class", "rex=dog")
    status, (imported,) = terminal("data", "import", source, "--name", "pets", *answers)
    assert (status, imported["cats"], imported["dogs"]) == (0, 1, 1)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [("felix", "“felix” says no class"), ("rex=bird", "“bird”"), ("tom=cat", "named “tom”")],
)
def test_a_class_that_means_nothing_is_wrong_usage(terminal, tmp_path, words, sentence) -> None:
    source = write_folder(tmp_path / "mine", {"felix/1.jpg": jpeg(1), "rex/1.jpg": jpeg(2)})
    status, _ = terminal("data", "import", source, "--name", "pets", "--class", words)
    assert status == 2
    assert sentence in terminal.stderr


def test_what_an_addition_says_to_people(tmp_path, capsys) -> None:
    from training.cli import main

    home = ["--home", str(tmp_path / "home")]
    main(["data", "import", str(write_folder(tmp_path / "one", pets(3))), "--name", "pets", *home])
    main(["data", "split", "pets", "--train", ".4", "--validation", ".3", *home])
    capsys.readouterr()
    more = write_folder(tmp_path / "more", {"dogs/7.jpg": jpeg(0), "dogs/8.jpg": jpeg(8)})
    main(["data", "add", "pets", str(more), *home])
    said = capsys.readouterr().out
    assert "1 pictures added to “pets”" in said
    assert "1 are copies of pictures that it has, 1 of them said to show the other class" in said
    assert "The split is as it was: new pictures are in none until you split again." in said
