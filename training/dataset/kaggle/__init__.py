"""The competition's pictures from Kaggle: who asks for them, and the download.

`client` and `refusals` stand on Kaggle's own client and are imported inside the jobs; the others
load nothing of it, nor of the keyring.
"""
