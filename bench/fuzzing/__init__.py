"""Broken files by the thousand: every opener, through the isolated path."""
