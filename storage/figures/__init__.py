"""How digitization goes, for the head: counted from the records, and told by other systems."""
