"""Fresh databases of both kinds, and the service of the tests of the API."""

from tests.api.conftest import desk, dossier
from tests.storage.conftest import clock, database, database_url, postgres_server

__all__ = ["clock", "database", "database_url", "desk", "dossier", "postgres_server"]
