"""Pure checks of values: each answers with reason codes, none when nothing speaks against the value."""
