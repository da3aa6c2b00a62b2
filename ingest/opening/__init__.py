"""From bytes to pages: what a file is, how many pages it has, and each page as a picture."""

from ingest.opening.surveying import survey, take_page

__all__ = ["survey", "take_page"]
