"""The data files of papers load whole, or say plainly what is wrong."""

import re
from pathlib import Path

import pytest

from classifiers.catalogue import OTHER, catalogue, read_paper
from tests import contract


def test_every_code_of_the_contract_has_its_file() -> None:
    assert sorted(contract.CODES) == sorted(catalogue())


@pytest.mark.parametrize("code", contract.CODES)
def test_a_paper_has_what_it_is_known_by(code: str) -> None:
    paper = catalogue()[code]
    assert paper.label[0].isupper()
    assert paper.samples
    assert paper.headings or code == "cong_van"


def write(folder: Path, text: str, name: str = "giay_x") -> Path:
    path = folder / f"{name}.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_small_file_is_enough(tmp_path: Path) -> None:
    paper = read_paper(write(tmp_path, 'code = "giay_x"\nlabel = "Giấy X"\n[fields.so]\nrequired = true\n'))
    assert (paper.code, paper.headings, paper.fields["so"]["required"]) == ("giay_x", (), True)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("code = ", "giay_x.toml"),
        ('code = "giay_x"\nlabel = "X"\nlong = 1', "'long' must be true or false"),
        ('label = "X"', "'code' must be a text"),
        ('code = "giay_x"', "'label' must be a text"),
        ('code = "giay_y"\nlabel = "Y"', "differs from the file's name"),
        ('code = "giay_x"\nlabel = "X"\nheading = ["X"]', "unknown keys ['heading']"),
        ('code = "giay_x"\nlabel = "X"\nheadings = "X"', "'headings' must be a list of texts"),
        ('code = "giay_x"\nlabel = "X"\nsymbols = [1]', "'symbols' must be a list of texts"),
        ('code = "giay_x"\nlabel = "X"\nsymbols = ["QĐ-UB"]', "must be letters alone"),
        ('code = "giay_x"\nlabel = "X"\nphrases = ["a", "a"]', "holds a text twice"),
        ('code = "giay_x"\nlabel = "X"\nheadings = ["Giấy X"]', "must be in capitals"),
        ('code = "giay_x"\nlabel = "X"\nfields = 3', "'fields' must be tables"),
    ],
)
def test_a_wrong_file_says_what_is_wrong(tmp_path: Path, text: str, complaint: str) -> None:
    with pytest.raises(ValueError, match=re.escape(complaint)):
        read_paper(write(tmp_path, text))


def test_a_heading_belongs_to_one_paper(tmp_path: Path) -> None:
    for name in ("giay_x", "giay_y", OTHER):
        headings = '["GIẤY X"]' if name != OTHER else "[]"
        write(tmp_path, f'code = "{name}"\nlabel = "X"\nheadings = {headings}\n', name)
    with pytest.raises(ValueError, match="stands in giay_x and giay_y"):
        catalogue(tmp_path)


def test_the_rest_must_have_a_file(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no data file for 'khac'"):
        catalogue(tmp_path)
