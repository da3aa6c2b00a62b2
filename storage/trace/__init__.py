"""The trace: every create, read, change, signature, export and refusal, in one log that is chained by hash.

An entry is added by the transaction that it tells of, last of all, so that it is there exactly when the change
is. Entries are numbered from 1 without gaps in the order of their commits. They hold identifiers, never what
stands in a document.
"""
