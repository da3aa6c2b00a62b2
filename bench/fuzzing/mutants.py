"""Broken files made of whole ones: bytes flipped, cut, doubled and spliced, numbers and names of the formats put
where they hurt, and what lies in compressed streams broken before it is compressed again."""

from __future__ import annotations

import random
import re
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from tests.corpus.cases import CASES

_TOO_DEAR = re.compile(r"bomb|1001|60000")
"""Cases that are large by themselves; the corpus's own test has them."""
_NUMBER = re.compile(rb"(?<![\w.])-?\d+(?:\.\d+)?(?![\w.])")
_STREAM = re.compile(rb"/FlateDecode[^>]{0,200}>>\s*stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
_NUMBERS = [b"0", b"-1", b"1", b"65536", b"2147483647", b"4294967296", b"99999999999999999999", b"1e9", b"0.00001",
            b"-0", b"null", b"true", b"(x)", b"[]", b"<<>>", b"1 0 R", b"/Name", b"[[[[[[[["]  # fmt: skip
_WORDS = [b"/Kids", b"/Parent", b"/Length", b"/Filter", b"/DecodeParms", b"/Predictor 15", b"/Columns 0", b"/Width",
          b"/Height 99999", b"/ColorSpace /Pattern", b"/Indexed", b"/ICCBased", b"/SMask", b"/Mask", b"/Rotate 1",
          b"/UserUnit 1e9", b"/Crypt", b"/JBIG2Globals", b"/ObjStm", b"/XRef", b"/Prev 0", b"endobj", b"endstream",
          b"q q q q q q", b"BI ID EI", b"/Fm0 Do", b"Tf", b"BT", b"%PDF-1.7", b"startxref\n0",
          b"trailer <<>>"]  # fmt: skip
_WHOLE = [
    0,
    1,
    2,
    0x7F,
    0x80,
    0xFF,
    0x100,
    0x7FFF,
    0x8000,
    0xFFFF,
    0x10000,
    0x7FFFFFFF,
    0x80000000,
    0xFFFFFFFF,
]

_ORDERS: tuple[Literal["big"], Literal["little"]] = ("big", "little")

Change = Callable[[random.Random, bytearray], bytearray]


@dataclass(frozen=True, slots=True)
class Mutant:
    """``name``: the file it was made of, and which it is of the run."""

    name: str
    data: bytes


def seeds() -> dict[str, bytes]:
    """The corpus without its heavy files, by name."""
    made = {case.name: case.make() for case in CASES if not _TOO_DEAR.search(case.name)}
    return {name: data for name, data in made.items() if 0 < len(data) < 400_000}


def mutants(whole: dict[str, bytes], seed: int) -> Iterator[Mutant]:
    """Without end; the same seed gives the same files."""
    names = sorted(whole)
    for number in range(1 << 62):
        chance = random.Random(seed << 32 | number)
        name = chance.choice(names)
        data = bytearray(whole[name])
        for _ in range(chance.choice([1, 1, 1, 2, 3, 8, 30])):
            change = chance.choices(list(_CHANGES), weights=list(_CHANGES.values()))[0]
            if data:
                data = change(chance, data)
        if chance.random() < 0.1:
            data = _spliced(chance, data, whole[chance.choice(names)])
        yield Mutant(f"{seed}-{number}-{name}", bytes(data))


def _spliced(chance: random.Random, one: bytearray, other: bytes) -> bytearray:
    at, start = chance.randrange(len(one) + 1), chance.randrange(len(other))
    return one[:at] + other[start : start + chance.randrange(1, 5000)] + one[at + chance.choice([0, 500]) :]


def _flip(chance: random.Random, data: bytearray) -> bytearray:
    at = chance.randrange(len(data))
    data[at] ^= 1 << chance.randrange(8)
    return data


def _set(chance: random.Random, data: bytearray) -> bytearray:
    data[chance.randrange(len(data))] = chance.choice([0, 1, 0x7F, 0x80, 0xFF, chance.randrange(256)])
    return data


def _cut(chance: random.Random, data: bytearray) -> bytearray:
    at = chance.randrange(len(data))
    del data[at : at + chance.choice([1, 2, 4, 50, 1000])]
    return data


def _end(chance: random.Random, data: bytearray) -> bytearray:
    return data[: chance.randrange(len(data))]


def _insert(chance: random.Random, data: bytearray) -> bytearray:
    at = chance.randrange(len(data) + 1)
    data[at:at] = chance.randbytes(chance.choice([1, 2, 4, 100]))
    return data


def _double(chance: random.Random, data: bytearray) -> bytearray:
    at = chance.randrange(len(data))
    piece = data[at : at + chance.choice([4, 50, 500, 5000])]
    return data[:at] + piece * chance.choice([2, 3, 50]) + data[at:]


def _integer(chance: random.Random, data: bytearray) -> bytearray:
    """A binary number, in either byte order and near the head, where sizes and offsets lie."""
    width = chance.choice([2, 4])
    at = chance.randrange(min(len(data), chance.choice([64, 600, len(data)])))
    value = (chance.choice(_WHOLE) + chance.choice([0, 0, -1, 1])) % (1 << 8 * width)
    data[at : at + width] = value.to_bytes(width, chance.choice(_ORDERS))
    return data


def _number(chance: random.Random, data: bytearray) -> bytearray:
    found = [m.span() for m in _NUMBER.finditer(bytes(data[:60_000]))]
    if found:
        start, stop = chance.choice(found)
        data[start:stop] = chance.choice(_NUMBERS)
    return data


def _word(chance: random.Random, data: bytearray) -> bytearray:
    at = chance.randrange(len(data) + 1)
    data[at:at] = b" " + chance.choice(_WORDS) + b" "
    return data


def _inside(chance: random.Random, data: bytearray) -> bytearray:
    """Break what a deflated stream holds, and deflate it again."""
    found = list(_STREAM.finditer(bytes(data)))
    if not found:
        return _flip(chance, data)
    start, stop = chance.choice(found).span(1)
    try:
        inner = bytearray(zlib.decompressobj().decompress(bytes(data[start:stop]), 1_000_000))
    except zlib.error:
        return _flip(chance, data)
    if inner:
        inner = chance.choice([_flip, _set, _cut, _number, _word, _double])(chance, inner)
    data[start:stop] = zlib.compress(bytes(inner[:2_000_000]))
    return data


_CHANGES: dict[Change, int] = {
    _flip: 4, _set: 4, _cut: 3, _end: 1, _insert: 3, _double: 2, _integer: 4, _number: 6, _word: 3, _inside: 4,
}  # fmt: skip
