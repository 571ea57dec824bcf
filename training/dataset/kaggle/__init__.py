"""The competition's pictures from Kaggle: who asks for them, and the download.

At import these modules bring the standard library alone; `client` and `refusals`, which stand on
Kaggle's own client, are imported inside the job that talks to Kaggle.
"""
