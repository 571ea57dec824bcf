"""Kaggle's own words are shown, unless they hold a secret."""

import json

import pytest
import requests
from requests.auth import HTTPBasicAuth

from tests.training.dataset.kaggle_server import TOKEN
from training.dataset.kaggle.transport import answer_of
from training.errors import DownloadError


def refusal(said, auth=None, authorization=""):
    """What is raised where Kaggle answers 400 with these words."""
    headers = {"Authorization": authorization} if authorization else {}
    request = requests.Request("POST", "http://127.0.0.1", headers, auth=auth)
    response = requests.Response()
    response.status_code, response.request = 400, request.prepare()
    response._content = json.dumps({"code": 400, "message": said}).encode()

    def call():
        response.raise_for_status()

    with pytest.raises(DownloadError) as caught:
        answer_of(call)
    return caught.value.message


@pytest.mark.fault(99)
@pytest.mark.parametrize(
    ("said", "how"),
    [
        ("no s3cret", {"authorization": "Bearer s3cret"}),
        ("no s3cret", {"auth": HTTPBasicAuth("cat", "s3cret")}),
        ("no Y2F0OnMzY3JldA==", {"auth": HTTPBasicAuth("cat", "s3cret")}),
        (f"no {TOKEN}, of somebody else", {}),
        ("no KGRT_short", {}),
    ],
)
def test_words_with_a_secret_are_not_shown(said, how):
    assert refusal(said, **how) == "Kaggle refused the request (400)."


@pytest.mark.parametrize(
    "said", ["The deadline has passed.", "No dogs-vs-cats-redux-kernels-edition for you"]
)
def test_other_words_are(said):
    assert f"“{said}”" in refusal(said, authorization="Bearer s3cret")


def test_long_words_are_cut_and_stand_in_one_line():
    words = refusal("so\n" * 400)
    assert "so so so" in words
    assert len(words) < 400
