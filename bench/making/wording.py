"""Invented people, places, bodies and sentences, chosen by a seed.

Sentence templates, topics and tasks are dealt into two halves by the parity of the seed: papers of even and
of odd seeds share no sentence beyond the legal headings, so one parity can train and the other can test.
"""

# ruff: noqa: E501 - the wording of papers stands in whole lines
from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from random import Random
from typing import Any, TypeVar

from bench.making import figures

T = TypeVar("T")
_WORDS = Path(__file__).parent / "words"
NEWEST = date(2026, 11, 20)


@lru_cache(maxsize=8)
def words(name: str) -> dict[str, Any]:
    """One vocabulary file of ``words/``."""
    return tomllib.loads((_WORDS / f"{name}.toml").read_text("utf-8"))


@dataclass(frozen=True, slots=True)
class Person:
    """An invented person; ``number`` agrees with province, sex and birth year."""

    name: str
    woman: bool
    birth: date
    number: str
    ethnic: str
    home: str
    origin: str
    province: str

    @property
    def sex(self) -> str:
        """As papers print it."""
        return "Nữ" if self.woman else "Nam"

    @property
    def title(self) -> str:
        """Ông or Bà."""
        return "Bà" if self.woman else "Ông"


@dataclass(frozen=True, slots=True)
class Body:
    """An issuing body: its lines in the head of a letter (the last ``own`` of them are its own name), its
    symbol, place, the authority line of the signer and the signer's possible posts."""

    head: tuple[str, ...]
    own: int
    symbol: str
    place: str
    chief: str
    board: str
    rooms: tuple[str, ...]

    @property
    def name(self) -> str:
        """The body's own name in one line, as printed in the head."""
        return " ".join(self.head[-self.own :])


class Writer:
    """Chooses words. One for a paper; the same ``code`` and ``seed`` give the same paper."""

    def __init__(self, code: str, seed: int) -> None:
        self.rng = Random(f"{code}/{seed}")
        self.half = seed % 2
        sectors = words("sectors")["sector"]
        self.sector: dict[str, Any] = self.one(sectors)
        self.province: str = self.one(words("places")["provinces"])
        self.commune: str = self.commune_name()

    # -- choosing

    def one(self, items: Sequence[T]) -> T:
        """One of ``items``."""
        return self.rng.choice(items)

    def mine(self, items: Sequence[T]) -> T:
        """One of this parity's half of ``items``."""
        return self.rng.choice(items[self.half :: 2])

    def thing(self, kind: str) -> Any:
        """One entry of ``words/things.toml``."""
        return self.one(words("things")[kind])

    def some(self, kind: str, count: int) -> list[Any]:
        """``count`` different entries of ``words/things.toml``."""
        return self.rng.sample(words("things")[kind], count)

    def chance(self, share: float) -> bool:
        """True in ``share`` of the cases."""
        return self.rng.random() < share

    def number(self, low: int, high: int) -> int:
        """A whole number, both ends included."""
        return self.rng.randint(low, high)

    # -- days

    def day(self, first: int = 2022, last: int = 2026) -> date:
        """A working day of the years, not after the newest."""
        start = date(first, 1, 2)
        end = min(date(last, 12, 28), NEWEST)
        day = start + timedelta(days=self.rng.randrange((end - start).days))
        return day - timedelta(days=max(0, day.weekday() - 4))

    def before(self, day: date, low: int = 1, high: int = 60) -> date:
        """A day ``low`` to ``high`` days before."""
        return day - timedelta(days=self.number(low, high))

    def spoken(self, day: date) -> str:
        """``05 tháng 9 năm 2025`` by NĐ 30/2020: two digits for the day and for January and February."""
        month = f"{day.month:02d}" if day.month < 3 else str(day.month)
        return f"{day.day:02d} tháng {month} năm {day.year}"

    # -- places

    def commune_name(self) -> str:
        """An invented commune's or ward's name."""
        places = words("places")
        first, second = self.one(places["commune_first"]), self.one(places["commune_second"])
        return self.commune_name() if first == second else f"{first} {second}"

    def province_title(self, province: str | None = None) -> str:
        """``tỉnh Quảng Ninh`` or ``thành phố Đà Nẵng``."""
        province = province or self.province
        kind = "thành phố" if province in words("places")["cities"] else "tỉnh"
        return f"{kind} {province}"

    def address(self, province: str | None = None) -> str:
        """A whole invented address."""
        places = words("places")
        kind = self.one(["xã", "phường"])
        commune = self.commune_name()
        if kind == "xã":
            front = f"{self.one(['Thôn', 'Xóm', 'Ấp', 'Bản'])} {self.one(places['hamlets'])}"
        else:
            front = f"Số {self.number(2, 380)} đường {self.one(places['streets'])}"
        return f"{front}, {kind} {commune}, {self.province_title(province)}"

    def old_place(self) -> str:
        """A place of the three levels before 01/7/2025."""
        places = words("places")
        province = self.one(places["old_provinces"])
        return f"xã {self.commune_name()}, huyện {self.one(places['districts'])}, tỉnh {province}"

    # -- people

    def name(self, woman: bool | None = None) -> str:
        """An invented name."""
        people = words("people")
        woman = self.chance(0.5) if woman is None else woman
        kind = "women" if woman else "men"
        parts = [
            self.one(people["surnames"]),
            self.one(people[f"{kind}_middle"]),
            self.one(people[f"{kind}_given"]),
        ]
        if self.chance(0.15):
            parts.insert(2, self.one(people[f"{kind}_given"]))
        return " ".join(parts)

    def person(self, woman: bool | None = None, born: tuple[int, int] = (1955, 2004)) -> Person:
        """An invented person."""
        woman = self.chance(0.5) if woman is None else woman
        birth = date(self.number(*born), self.number(1, 12), self.number(1, 28))
        province = self.one(sorted(figures.PROVINCE_DIGITS))
        number = figures.personal_number(self.rng, province, woman, birth.year)
        origin = f"xã {self.commune_name()}, {self.province_title(province)}"
        ethnic = self.one(words("people")["ethnic"])
        return Person(self.name(woman), woman, birth, number, ethnic, self.address(), origin, province)

    def title_name(self) -> str:
        """``Ông …`` or ``Bà …``."""
        woman = self.chance(0.5)
        return f"{'Bà' if woman else 'Ông'} {self.name(woman)}"

    def job(self) -> str:
        """An occupation."""
        return str(self.one(words("people")["jobs"]))

    def phone(self) -> str:
        """An invented telephone number."""
        return f"0{self.one(['203', '236', '912', '978', '386', '705'])}.{self.number(100, 999)}.{self.number(100, 999)}"

    # -- bodies

    def body(self, layout: int) -> Body:
        """A province's department, a commune's or a province's committee, a centre, by turns."""
        province, sector = self.province_title(), self.sector
        kind = (layout + self.number(0, 1) * 2) % 4
        if kind == 0:
            name = sector["body"]
            own = f"{name} {self.province}" if name == "Công an tỉnh" else name
            chief = "GIÁM ĐỐC" if not name.startswith("Ban") else "TRƯỞNG BAN"
            head = (f"UBND {province}".upper(), own.upper())
            return Body(head, 1, sector["symbol"], self.province, chief, "", tuple(sector["rooms"]))
        if kind == 1:
            place = f"{self.one(['xã', 'phường'])} {self.commune}"
            head = ("ỦY BAN NHÂN DÂN", place.upper())
            rooms: tuple[str, ...] = ("VP", "KT", "VHXH", "TTPVHCC")
            return Body(head, 2, "UBND", self.commune, "CHỦ TỊCH", "TM. ỦY BAN NHÂN DÂN", rooms)
        if kind == 2:
            head = ("ỦY BAN NHÂN DÂN", province.upper())
            rooms = ("VX", "TH", "KGVX", "NC", "ĐTXD")
            return Body(head, 2, "UBND", self.province, "CHỦ TỊCH", "TM. ỦY BAN NHÂN DÂN", rooms)
        place = f"{self.one(['xã', 'phường'])} {self.commune}"
        head = (
            f"UBND {place}".upper(),
            self.one(
                ["TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG", "PHÒNG KINH TẾ", "PHÒNG VĂN HÓA - XÃ HỘI", "TRẠM Y TẾ"]
            ),
        )
        chief = "TRƯỞNG PHÒNG" if head[1].startswith("PHÒNG") else "GIÁM ĐỐC"
        symbol = {"TRU": "TTPVHCC", "TRẠ": "TYT"}.get(head[1][:3], "PKT" if "KINH TẾ" in head[1] else "PVHXH")
        return Body(
            head, 1, symbol, self.commune, "TRẠM TRƯỞNG" if symbol == "TYT" else chief, "", ("HC", "CM", "VP")
        )

    def committee(self) -> Body:
        """A commune's committee, which keeps the civil register."""
        place = f"{self.one(['xã', 'phường'])} {self.commune}"
        return Body(
            ("ỦY BAN NHÂN DÂN", place.upper()),
            2,
            "UBND",
            self.commune,
            "CHỦ TỊCH",
            "TM. ỦY BAN NHÂN DÂN",
            ("TPHT",),
        )

    def unit(self) -> str:
        """``Ủy ban nhân dân xã …``."""
        return f"Ủy ban nhân dân {self.one(['xã', 'phường'])} {self.commune_name()}"

    def quoted(self, day: date) -> str:
        """Number and symbol of another paper."""
        sector = self.one(words("sectors")["sector"])
        kind = self.one(["CV", "KH", "QĐ", "TB", "BC"])
        symbol = sector["symbol"]
        tail = (
            f"{symbol}-{self.one(sector['rooms'])}"
            if kind == "CV"
            else f"{kind}-{self.one([symbol, 'UBND'])}"
        )
        return f"{self.number(10, 3400)}/{tail}"

    # -- sentences

    def fill(self, template: str, day: date | None = None) -> str:
        """The template with its slots filled."""
        day = day or self.day()
        sectors = words("sectors")["sector"]
        sector = self.sector if self.chance(0.7) else self.one(sectors)
        values = {
            "t": self.mine(sector["topics"]), "t2": self.mine(sector["topics"]),
            "k": self.mine(sector["tasks"]), "k2": self.mine(sector["tasks"]),
            "u": self.unit(), "b": self.one(sectors)["body"], "d": self._figures(self.before(day, 3, 300)),
            "y": day.year, "y0": day.year - self.number(1, 6), "n": f"{self.number(2, 48):02d}",
            "m": self.number(60, 1900), "p": figures.decimal(self.number(310, 998) / 10, 1), "c": self._spot(),
            "q": self.quoted(day), "h": f"{self.number(7, 16)} giờ {self.one(['00', '15', '30'])}", "r": self.one(["I", "II", "III", "IV"]),
            "mo": self.number(1, 12), "x": self.name(),
        }  # fmt: skip
        text = template.format_map(values)
        return text[0].upper() + text[1:]

    def _figures(self, day: date) -> str:
        return f"{day:%d/%m/%Y}" if self.chance(0.7) else self.spoken(day)

    def _spot(self) -> str:
        places = words("places")
        return str(
            self.one(
                [
                    f"xã {self.commune_name()}",
                    f"phường {self.commune_name()}",
                    f"thôn {self.one(places['hamlets'])}",
                    f"đường {self.one(places['streets'])}",
                ]
            )
        )

    def sentence(self, kind: str = "plain", day: date | None = None) -> str:
        """One sentence of ``words/sentences.toml``."""
        return self.fill(self.mine(words("sentences")[kind]), day)

    def passage(self, count: int, day: date | None = None) -> str:
        """``count`` sentences of different templates."""
        pool = words("sentences")["plain"][self.half :: 2]
        return " ".join(self.fill(t, day) for t in self.rng.sample(pool, count))

    def purpose(self, day: date | None = None) -> str:
        """What a paper is about, a verb phrase in small letters."""
        return self.lowered(self.sentence("purposes", day))

    def topic(self) -> str:
        """What a paper is about, a noun phrase."""
        return str(self.mine(self.sector["topics"]))

    @staticmethod
    def lowered(text: str) -> str:
        """``text`` with a small first letter."""
        return text[0].lower() + text[1:]
