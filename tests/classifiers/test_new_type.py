"""A new type is one data file: the example of the guide works as it stands there, without a line of code."""

import re
import shutil
from pathlib import Path

import pytest

from classifiers.catalogue import PAPERS, catalogue
from classifiers.deciding import Decider
from classifiers.deciding.ngrams import MODEL, load_model, save_model
from classifiers.train import sample_text, train
from tests.factories import page

GUIDE = Path(__file__).resolve().parents[2] / "docs" / "new-document-type.md"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The catalogue with the guide's example in it."""
    for path in PAPERS.glob("*.toml"):
        shutil.copy(path, tmp_path)
    example = re.search(r"```toml\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)
    assert example
    (tmp_path / "gcn_ho_ngheo.toml").write_text(example[1], encoding="utf-8")
    return tmp_path


def test_the_example_is_decided_before_any_training(folder: Path) -> None:
    papers = catalogue(folder)
    decider = Decider(papers, load_model())
    found = decider.decide([page(papers["gcn_ho_ngheo"].samples[0])])
    assert (found.code, found.label) == ("gcn_ho_ngheo", "Giấy chứng nhận hộ nghèo")
    assert found.confidence > 0.9
    for code, paper in papers.items():
        for sample in paper.samples:
            assert decider.decide([page(sample)]).code == code


def test_training_takes_the_example_up(folder: Path, tmp_path: Path) -> None:
    few = ("gcn_ho_ngheo", "giay_moi", "bien_lai", "khac")
    papers = {code: catalogue(folder)[code] for code in few}
    model = train(papers, made=0)
    path = tmp_path / "wording.npz"
    save_model(model, path)
    loaded = load_model(path)
    for code in few:
        likely = loaded.likelihoods(sample_text(papers[code].samples[0]))
        assert max(likely, key=lambda c: likely[c]) == code
        assert sum(likely.values()) == pytest.approx(1.0)


def test_the_model_in_the_repository_is_small_and_knows_every_paper() -> None:
    assert MODEL.stat().st_size < 2_000_000
    assert set(load_model().codes) == set(catalogue())
    assert load_model().likelihoods("") == {}


def test_a_broken_model_is_refused(tmp_path: Path) -> None:
    whole = load_model()
    broken = tmp_path / "wording.npz"
    save_model(type(whole)(whole.codes[:-1], whole.rarity, whole.weights, whole.scales, whole.bias), broken)
    with pytest.raises(ValueError, match="do not fit together"):
        load_model(broken)
