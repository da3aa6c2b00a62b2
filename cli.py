"""``sohoa``: the one command. Subcommands are thin; the work is done elsewhere."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

import settings as settings_module
from errors import SohoaError
from naming import escaped

app = typer.Typer(
    help="số hóa: digitize the paper of Vietnamese public service centres.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
audit = typer.Typer(help="Check and export the trace of what was done.", no_args_is_help=True)
app.add_typer(audit, name="audit")


@app.command()
def digitize(
    files: Annotated[
        list[Path], typer.Argument(help="PDF, TIFF, JPEG, PNG or WebP files; a folder means the files in it.")
    ],
    output: Annotated[Path, typer.Option(help="Folder for the results; made when missing.")],
    jobs: Annotated[
        int | None, typer.Option(min=1, max=256, help="Pages read at once (default: the cores).")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Overwrite results that are already there.")] = False,
) -> None:
    """Turn scans into searchable PDF/A and JSON, without a server. Exit 0: all done; 1: some input failed."""
    from digitizing import digitize_inputs  # the heavy imports only where they are needed

    raise typer.Exit(digitize_inputs(files, output, jobs=jobs, force=force, settings=settings_module.load()))


@app.command()
def serve(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port to listen on.")] = 8080,
) -> None:
    """Serve the pages and the API and, on the embedded default, run the workers, in one process."""
    import uvicorn

    from api.app import create_app

    uvicorn.run(
        create_app(settings_module.load()),
        host=host,
        port=port,
        log_config=None,
        server_header=False,
        timeout_graceful_shutdown=5,
    )


@app.command()
def watch(
    folder: Annotated[Path, typer.Argument(help="Folder into which scanners or SFTP drop files.")],
    once: Annotated[
        bool, typer.Option("--once", help="End when every file was taken and read, or has failed.")
    ] = False,
    settle: Annotated[
        float, typer.Option(min=0.0, help="Seconds for which a file must not have grown.")
    ] = 5.0,
    every: Annotated[float, typer.Option(min=0.1, help="Seconds between two looks.")] = 2.0,
) -> None:
    """Take scans from a folder into their dossiers. A running service or worker reads them."""
    from ingest.channels.watching_command import watch_folder

    watch_folder(folder, settings_module.load(), once=once, settle=settle, every=every)


@app.command("cover-sheet")
def cover_sheet(
    output: Annotated[Path, typer.Option(help="The PDF to write; must not be there yet.")],
    dossiers: Annotated[
        list[str] | None,
        typer.Argument(help="Dossier codes, a sheet each; none: sheets that leave the dossier open."),
    ] = None,
    paper: Annotated[
        list[str] | None, typer.Option(help="Document type code; repeat it for a sheet of each kind.")
    ] = None,
    copies: Annotated[int, typer.Option(min=1, max=100, help="How many of each sheet.")] = 1,
    force: Annotated[bool, typer.Option("--force", help="Overwrite a file that is there.")] = False,
) -> None:
    """Make sheets to lay before papers, so that a whole sack is scanned in one go."""
    from ingest.channels.printing import write_cover_sheets

    write_cover_sheets(dossiers or [""], paper or [""], copies, output, force=force)


@app.command()
def sign(
    file: Annotated[Path, typer.Argument(help="The PDF to sign or seal.")],
    output: Annotated[Path, typer.Option(help="Where the signed PDF goes; must not be there yet.")],
    pkcs12: Annotated[Path | None, typer.Option(help="Key and certificate in a PKCS#12 file.")] = None,
    passphrase_file: Annotated[Path | None, typer.Option(help="File with passphrase or PIN.")] = None,
    pkcs11: Annotated[Path | None, typer.Option(help="Vendor's PKCS#11 library of a token or HSM.")] = None,
    token: Annotated[str, typer.Option(help="Label of the token.")] = "",
    key: Annotated[str, typer.Option(help="Label of key and certificate on the token.")] = "",
    chain: Annotated[Path | None, typer.Option(help="PEM file of intermediate certificates.")] = None,
    level: Annotated[str, typer.Option(help="PAdES level: B-B, B-T, B-LT or B-LTA.")] = "B-B",
    tsa: Annotated[str, typer.Option(help="Address of the time-stamping authority (B-T and up).")] = "",
    form: Annotated[str, typer.Option(help="none, digitized, copy, attached, officer or agency.")] = "none",
    body: Annotated[str, typer.Option(help="Name shown (default: the certificate's holder).")] = "",
    copy_form: Annotated[str, typer.Option(help="Form of copy: SAO Y, SAO LỤC, TRÍCH SAO.")] = "SAO Y",
    number: Annotated[str, typer.Option(help="Number and symbol of the main document (form attached).")] = "",
    image: Annotated[Path | None, typer.Option(help="PNG of signature or seal (officer, agency).")] = None,
    at: Annotated[str, typer.Option(help="PAGE,X,Y,W,H in points from the top left (officer, agency).")] = "",
    renew: Annotated[
        bool,
        typer.Option("--renew", help="No new signature: raise to B-LTA, or renew the archive time-stamp."),
    ] = False,
) -> None:
    """Sign or seal one PDF (PAdES). The file is only added to; earlier signatures stay whole."""
    from signing.command import SignOptions, renew_file, sign_file

    if renew:
        renew_file(file, output, tsa, settings_module.load().trust_dir)
        return

    options = SignOptions(
        *(file, output, pkcs12, passphrase_file, pkcs11, token, key, chain, level, tsa),
        *(form, body, copy_form, number, image, at),
    )
    sign_file(options, settings_module.load().trust_dir)


@app.command()
def verify(
    file: Annotated[Path, typer.Argument(help="The PDF to verify.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print the whole finding as JSON.")] = False,
) -> None:
    """Say who signed, when, over what, trusted or not. Exit 0 only if all is whole and trusted."""
    from signing.command import verify_file

    raise typer.Exit(verify_file(file, settings_module.load().trust_dir, as_json=as_json))


@app.command()
def backup(
    folder: Annotated[Path, typer.Argument(help="Folder of all backups; only what is new is copied.")],
) -> None:
    """Copy records and objects while the service goes on."""
    from storage.command import back_up_to, opened_objects

    given = settings_module.load()
    objects = opened_objects(given.objects_url, given.data_dir)
    back_up_to(folder, database_url=given.database, objects=objects)


@app.command()
def restore(
    folder: Annotated[Path, typer.Argument(help="Folder that `sohoa backup` wrote.")],
    copy: Annotated[str, typer.Option(help="Which copy, a name in FOLDER/records (default: newest).")] = "",
) -> None:
    """Put a backup into the empty database and the object store that the settings name."""
    from storage.command import opened_objects, restore_from

    given = settings_module.load()
    objects = opened_objects(given.objects_url, given.data_dir)
    restore_from(folder, copy, database_url=given.database, objects=objects)


@app.command("check-storage")
def check_storage(
    as_json: Annotated[bool, typer.Option("--json", help="Print the findings as JSON.")] = False,
) -> None:
    """Compare records with objects by hash. Exit 1 when something is lost or damaged."""
    from storage.command import opened_objects, say_whether_whole

    given = settings_module.load()
    objects = opened_objects(given.objects_url, given.data_dir)
    raise typer.Exit(say_whether_whole(database_url=given.database, objects=objects, as_json=as_json))


@audit.command("verify")
def audit_verify(
    head: Annotated[
        str, typer.Option(help="NUMBER:SHA256 that an earlier run printed; only so is a cut-off end found.")
    ] = "",
) -> None:
    """Follow the trace from its first entry. Exit 1 when one was edited, removed or moved."""
    from storage.trace.command import verify_trace

    raise typer.Exit(verify_trace(settings_module.load().database, head))


@audit.command("export")
def audit_export(
    output: Annotated[Path, typer.Option(help="The file to write; must not be there yet.")],
    by: Annotated[str, typer.Option(help="Who asks for it.")],
) -> None:
    """Write all entries of the trace as lines of JSON."""
    from storage.trace.command import export_trace

    raise typer.Exit(export_trace(settings_module.load().database, output, by=by))


@app.command()
def doctor() -> None:
    """Check everything that the service needs; say what is wrong and how to mend it."""
    from doctor import examine

    raise typer.Exit(examine(settings_module.load()))


def main() -> None:
    """Entry point: a reason that was foreseen becomes one line and its exit status, never a traceback."""
    try:
        app()
    except SohoaError as failed:
        print(f"sohoa: {escaped(failed.english)}", file=sys.stderr)
        sys.exit(failed.exit_status)
    except ImportError as missing:
        print(f"sohoa: the installation is not whole ({missing.name}): run `make setup`", file=sys.stderr)
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
