"""The window that judges a run: figures and charts, and the pictures behind each of them."""
