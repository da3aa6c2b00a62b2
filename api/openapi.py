"""``python -m api.openapi``: write the API's description to ``docs/openapi.json``."""

from __future__ import annotations

import json
from pathlib import Path

from api.app import create_app
from settings import load

TARGET = Path(__file__).parent.parent / "docs" / "openapi.json"


def main() -> None:
    """Write the file anew; a test holds it to be current."""
    described = create_app(load({})).openapi()
    TARGET.write_text(json.dumps(described, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
