"""Transcriptions by eye of real scans, keyed by the scan's sha256, and the score against them."""
