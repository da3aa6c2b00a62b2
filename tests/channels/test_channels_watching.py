"""A watched folder: only whole files are taken, each once, and each ends where a person sees what became of it."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from sqlalchemy import func, select

from api.app import create_app
from errors import MachineError
from ingest.channels import watching
from ingest.channels.watching import Watcher
from settings import Settings
from storage import dossiers, models
from storage.database import Database, open_database
from storage.objects import FolderStore
from tests.api.paper_pipeline import PaperPipeline
from tests.api.serving import served
from tests.services import wait_until

CODE = "H49.12-251124-0007"
OTHER = "H49.12-251124-0008"


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = open_database(f"sqlite:///{tmp_path / 'db'}")
    yield opened
    opened.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "quet"
    made.mkdir()
    return made


def watcher_of(folder: Path, database: Database, settle: float = 0.0) -> Watcher:
    objects = FolderStore(folder.parent / "objects")
    return Watcher(folder, database, objects, max_file_bytes=1000, settle=settle)


def put(path: Path, content: bytes = b"scan") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def lies(folder: Path) -> list[str]:
    """Where every file lies; a day counts as DAY, an intake as ID."""
    places = []
    for path in sorted(folder.rglob("*")):
        if path.is_file() or path.is_symlink():
            *above, name = path.relative_to(folder).parts
            told = ["DAY" if one[:2] == "20" else "ID" if len(one) == 26 else one for one in above]
            places.append("/".join([*told, name]))
    return places


def test_a_file_goes_to_the_dossier_that_its_folder_or_name_tells(folder: Path, database: Database) -> None:
    put(folder / CODE / "tờ khai.pdf", b"a")
    put(folder / f"{OTHER.lower()} đơn.pdf", b"b")
    assert watcher_of(folder, database).look() == 2
    for code, name in ((CODE, "tờ khai.pdf"), (OTHER, f"{OTHER.lower()} đơn.pdf")):
        (intake,) = dossiers.list_intakes(database, ma_ho_so=code).items
        assert (intake.name, intake.channel, intake.state) == (name, "folder", "received")
    assert sorted(lies(folder)) == [f"_dang_doc/ID/{OTHER.lower()} đơn.pdf", "_dang_doc/ID/tờ khai.pdf"]


def test_a_file_that_grows_waits(folder: Path, database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    now = [1000.0]
    monkeypatch.setattr(watching.time, "time", lambda: now[0])
    watcher = watcher_of(folder, database, settle=5.0)
    path = put(folder / CODE / "a.pdf", b"1")
    put(folder / CODE / "b.pdf.part", b"1")
    put(folder / CODE / ".hidden", b"1")
    for step, content in enumerate((b"1", b"12", b"123"), start=1):
        path.write_bytes(content)
        os.utime(path, (step, step))
        now[0] += 4.9
        assert watcher.look() == 0
    now[0] += 4.9
    assert watcher.look() == 0
    now[0] += 0.2
    assert watcher.look() == 1
    assert lies(folder) == [f"{CODE}/.hidden", f"{CODE}/b.pdf.part", "_dang_doc/ID/a.pdf"]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("không mã.pdf", b"x", "bắt đầu bằng mã hồ sơ"),
        (f"{CODE}/rỗng.pdf", b"", "Tệp rỗng"),
        (f"{CODE}/to.pdf", b"x" * 1001, "lớn hơn"),
        ("H49.12-991231-0007/mai.pdf", b"x", "Mã hồ sơ"),
    ],
)
def test_what_fails_lies_aside_with_its_reason(
    folder: Path, database: Database, name: str, content: bytes, said: str
) -> None:
    put(folder / name, content)
    good = put(folder / CODE / "tốt.pdf", b"good")
    assert watcher_of(folder, database).look() == 2
    assert not good.exists()
    failed = Path(name).name
    assert [one for one in lies(folder) if one.startswith("_loi")] == [
        f"_loi/DAY/{failed}",
        f"_loi/DAY/{failed}.txt",
    ]
    (reason,) = folder.glob("_loi/*/*.txt")
    assert said in reason.read_text(encoding="utf-8")
    assert (reason.parent / failed).read_bytes() == content
    assert len(dossiers.list_intakes(database).items) == 1


def test_a_link_is_not_followed(folder: Path, database: Database, tmp_path: Path) -> None:
    secret = put(tmp_path / "secret", b"secret")
    (folder / CODE).mkdir()
    (folder / CODE / "a.pdf").symlink_to(secret)
    os.mkfifo(folder / CODE / "b.pdf")
    watcher_of(folder, database).look()
    assert dossiers.list_intakes(database).items == ()
    assert len(list(folder.glob("_loi/*/*.txt"))) == 2
    assert secret.read_bytes() == b"secret"


def test_a_duplicate_is_no_loop_and_a_name_is_never_overwritten(folder: Path, database: Database) -> None:
    watcher = watcher_of(folder, database)
    for _ in range(3):
        put(folder / CODE / "a.pdf", b"same")
        watcher.look()
        put(folder / "x.pdf", b"no code")
        watcher.look()
    assert len(dossiers.list_intakes(database).items) == 1
    assert lies(folder).count("_dang_doc/ID/a.pdf") == 1
    assert len(list(folder.glob("_dang_doc/*/*"))) == 3
    assert len(list(folder.glob("_loi/*/x*.pdf"))) == 3


def test_two_watchers_take_every_file_once(folder: Path, database: Database) -> None:
    for number in range(40):
        put(folder / CODE / f"{number}.pdf", b"%d" % number)
    taken = [0, 0]

    def watch(which: int) -> None:
        watcher = watcher_of(folder, database)
        for _ in range(5):
            taken[which] += watcher.look()

    threads = [threading.Thread(target=watch, args=(which,)) for which in (0, 1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(taken) == 40
    with database.read() as session:
        again = session.scalar(select(func.count()).where(models.Event.what == "intake_sent_again"))
    assert (len(dossiers.list_intakes(database, limit=100).items), again) == (40, 0)


def test_when_the_machine_is_at_fault_the_file_lies_where_it_lay(
    folder: Path, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise MachineError("disk_full")

    path = put(folder / CODE / "a.pdf", b"a")
    watcher = watcher_of(folder, database)
    with monkeypatch.context() as patch:
        patch.setattr(watching, "accept_file", broken)
        with pytest.raises(MachineError):
            watcher.look()
    assert path.read_bytes() == b"a"
    assert watcher.look() == 1


def test_what_a_killed_watcher_held_is_taken(folder: Path, database: Database) -> None:
    dead = watching.process_name().rpartition("~")[0] + "~1"  # this process, started at another time
    put(folder / watching.TAKING / f"{dead}~7" / CODE / "a.pdf", b"a")
    alive = put(folder / watching.TAKING / f"{watching.process_name()}~7" / CODE / "b.pdf", b"b")
    assert watcher_of(folder, database).look() == 1
    assert alive.exists()
    assert dossiers.list_intakes(database).items[0].name == "a.pdf"


def test_the_service_watches_and_every_file_ends_in_one_visible_state(folder: Path, tmp_path: Path) -> None:
    put(folder / CODE / "tốt.pdf", "thong_bao\n^THÔNG BÁO".encode())
    put(folder / CODE / "hỏng.pdf", b"!damaged\n")
    put(folder / "lạ.pdf", b"x")
    settings = Settings(data_dir=tmp_path / "data", watch_dir=folder, jobs=1)
    with (
        served(create_app(settings, digitize=PaperPipeline())) as address,
        httpx.Client(base_url=address, timeout=30) as client,
    ):
        wait_until(
            lambda: len(lies(folder)) == 5 and not any("dang" in one for one in lies(folder)), seconds=60
        )
        body = client.get(f"/api/v1/dossiers/{CODE}").json()
    assert sorted(one["state"] for one in body["intakes"]) == ["attached", "failed"]
    assert sorted(lies(folder)) == sorted(
        [
            "_da_doc/DAY/tốt.pdf",
            "_loi/DAY/hỏng.pdf",
            "_loi/DAY/hỏng.pdf.txt",
            "_loi/DAY/lạ.pdf",
            "_loi/DAY/lạ.pdf.txt",
        ]
    )
