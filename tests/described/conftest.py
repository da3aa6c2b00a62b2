"""The same service as in the tests of the API."""

from tests.api.conftest import desk, dossier

__all__ = ["desk", "dossier"]
