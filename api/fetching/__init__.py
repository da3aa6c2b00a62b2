"""For systems that fetch: changes since a cursor, bulk export, signed links."""
