"""Drawings of what a run was like, on Axes that are given: one drawing for window and report."""
