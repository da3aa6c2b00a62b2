"""The ``SOHOA_...`` settings, one typed, frozen object.

Every setting has a default that runs on one machine. A ``SOHOA_`` variable that is not known stops the start:
a misspelt setting must not be believed to work.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from classifiers.reviewing import Thresholds
from errors import UsageError
from ingest.scanning import ADDRESS
from limits import Limits

PREFIX = "SOHOA_"
Share = Annotated[float, Field(ge=0.0, le=1.0)]


class Settings(BaseSettings):
    """See ``docs/settings.md`` for the table with meanings, units and defaults."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, extra="forbid")

    data_dir: Path = Field(
        Path("var/sohoa"), description="Folder for the database file, objects and scratch."
    )
    database_url: str = Field("", description="SQLAlchemy address; empty: an SQLite file in the data folder.")
    broker_url: str = Field("", description="amqp:// or redis://; empty: workers in the serving process.")
    objects_url: str = Field(
        "", description="s3://KEY:SECRET@HOST:PORT/BUCKET; empty: a folder in the data folder."
    )
    trust_dir: Path | None = Field(None, description="Folder of trusted root certificates (PEM).")
    clamd_url: str = Field(
        "",
        pattern=ADDRESS,
        description="Malware scanner (clamd), tcp://HOST:PORT or unix:///PATH, asked before a file is opened; "
        "empty: none.",
    )
    signing_keys: Path | None = Field(
        None, description="TOML file that names the signing keys (docs/signing.md); none: no signing here."
    )
    signing_level: Literal["B-B", "B-T", "B-LT", "B-LTA"] = Field(
        "B-B", description="PAdES level of results; from B-T on a time-stamping authority is needed."
    )
    signing_revocation: Literal["require", "try"] = Field(
        "require", description="Whether an answer about revocation is needed before signing, or only counts."
    )
    signing_answer_seconds: float = Field(
        10.0, gt=0, description="Longest wait for one time-stamp, OCSP answer or CRL, seconds."
    )
    tsa_url: str = Field("", description="Address of the time-stamping authority (RFC 3161).")
    tsa_down: Literal["refuse", "sign"] = Field(
        "refuse",
        description="While the authority is silent: refuse, or sign at B-B and raise the level later.",
    )
    metrics_port: int = Field(
        0,
        ge=0,
        le=65535,
        description="Port on which a worker of its own gives its figures to Prometheus (several processes take "
        "the ports that follow); 0: none. `sohoa serve` gives its own at /metrics.",
    )
    watch_dir: Path | None = Field(
        None, description="Folder that `sohoa serve` watches for scans (see docs/post.md); empty: none."
    )
    signing_session_minutes: float = Field(
        30.0, gt=0, description="How long a signature made by the signer's own tool is waited for, minutes."
    )
    renew_before_days: float = Field(
        180.0, gt=0, description="Archive time-stamps are renewed so long before they lapse, days."
    )
    hosts: str = Field(
        "",
        description="Names that requests may be addressed to, parted by commas, beside localhost, this "
        "machine's own name and addresses in figures; * for any.",
    )
    issued_date_form: Literal["YYYY-MM-DD", "YYYY-DD-MM"] = Field(
        "YYYY-MM-DD",
        description="How the national metadata write IssuedDate: the guidance prints YYYY-DD-MM, most likely "
        "by mistake.",
    )
    jobs: int = Field(
        default_factory=lambda: len(os.sched_getaffinity(0)),
        ge=1,
        le=256,
        description="Pages that are read at once; the number of processor cores by default.",
    )
    max_file_bytes: int = Field(300 * 1024 * 1024, ge=1, description="Largest file that is accepted, bytes.")
    max_request_bytes: int = Field(
        2 * 1024**3, ge=1, description="Most bytes of one upload, all its files together."
    )
    upload_hours: float = Field(
        24.0, gt=0, description="How long a resumable upload may take from its beginning, hours."
    )
    silence_seconds: float = Field(
        60.0, gt=0, description="Longest pause while a request is being sent, seconds."
    )
    max_pages: int = Field(1000, ge=1, description="Most pages of one file.")
    max_page_pixels: int = Field(60_000_000, ge=1, description="Most pixels of one page.")
    max_page_inches: float = Field(50.0, gt=0, description="Longest side of one page, inches.")
    page_seconds: float = Field(60.0, gt=0, description="Longest time for one page, seconds.")
    file_seconds: float = Field(3600.0, gt=0, description="Longest time for one file, seconds.")
    child_bytes: int = Field(
        3 * 1024**3,
        ge=512 * 1024**2,
        description="Address space of a process that reads untrusted bytes, bytes.",
    )

    type_confidence: Share = Field(0.8, description="Types below this are doubtful.")
    field_confidence: Share = Field(0.75, description="Fields below this are doubtful.")
    page_confidence: Share = Field(0.75, description="Pages whose text is below this are doubtful.")
    low_dpi: float = Field(140.0, ge=0, description="Scans below this are told to be of low resolution.")
    manual_fields: int = Field(
        6, ge=1, description="So many doubtful fields send the whole document to a person."
    )

    @property
    def thresholds(self) -> Thresholds:
        """From where on something is doubtful."""
        return Thresholds(
            type_confidence=self.type_confidence,
            field_confidence=self.field_confidence,
            page_confidence=self.page_confidence,
            low_dpi=self.low_dpi,
            manual_fields=self.manual_fields,
        )

    @property
    def limits(self) -> Limits:
        """The bounds that the pure rooms take."""
        return Limits(
            max_file_bytes=self.max_file_bytes,
            max_pages=self.max_pages,
            max_page_pixels=self.max_page_pixels,
            max_page_inches=self.max_page_inches,
            page_seconds=self.page_seconds,
            file_seconds=self.file_seconds,
            child_bytes=self.child_bytes,
        )

    @property
    def database(self) -> str:
        """The database's address, the default filled in."""
        return self.database_url or f"sqlite:///{self.data_dir.resolve() / 'sohoa.sqlite3'}"


def load(environment: Mapping[str, str] | None = None) -> Settings:
    """Read the settings from the environment.

    Raises:
        UsageError: ``unknown_setting`` for a ``SOHOA_`` variable that no setting knows,
            ``bad_setting`` for a value that does not fit.
    """
    environment = os.environ if environment is None else environment
    known = {f"{PREFIX}{name.upper()}" for name in Settings.model_fields}
    for name in sorted(environment):
        if name.upper().startswith(PREFIX) and name.upper() not in known:
            raise UsageError("unknown_setting", name=name)
    values = {
        name.upper().removeprefix(PREFIX).lower(): value
        for name, value in environment.items()
        if name.upper() in known
    }
    try:
        return Settings.model_validate(values, strict=False)
    except ValidationError as broken:
        first = broken.errors()[0]
        name = PREFIX + str(first["loc"][0]).upper()
        raise UsageError("bad_setting", name=name, why=first["msg"]) from None
