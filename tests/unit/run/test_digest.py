"""The key of a report: what it is made from, fonts of the machine included."""

from pathlib import Path

import pytest

from yuechi_report.page.fonts import SERIF, font_files
from yuechi_report.run import digest


def test_a_machine_font_that_changes_changes_the_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A face named in suite.yml counts with its file's content; without a name only the shipped fonts do."""
    notebook, face = tmp_path / "n.ipynb", tmp_path / "fangsong.ttf"
    notebook.write_bytes(b"{}")
    monkeypatch.setattr(digest, "machine_font_files", lambda families: (face,) if "仿宋" in families else ())
    found = []
    for content, faces in ((b"1", ("", "")), (b"1", ("仿宋", "")), (b"2", ("仿宋", "")), (b"2", ())):
        face.write_bytes(content)
        digest.fonts_digest.cache_clear()
        found.append(digest.inputs_of(notebook, "scope", faces)["fonts"])
    assert found[0] == found[3]
    assert len(set(found)) == 3


def test_machine_fonts_are_found_by_family() -> None:
    """The typesetter's own search: a family that the machine lacks has no file."""
    assert digest.machine_font_files(frozenset({"没有的字体"})) == ()
    assert font_files()[0].name.startswith(SERIF.replace(" ", ""))
