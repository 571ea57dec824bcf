"""Parts of the window that know no tab and no controller."""
