"""Everything that is kept: records in a database, bytes in an object store.

The rest of the house asks through :mod:`storage.dossiers` (records), :mod:`storage.objects` (bytes) and
:mod:`storage.accepting` (an upload on its way in).
"""
