"""The documents agree with each other and with the program."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = sorted(
    [*ROOT.glob("*.md"), *(path for path in (ROOT / "docs").rglob("*.md"))], key=lambda path: path.as_posix()
)
_LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")
_FENCE = re.compile(r"^```\w*\n(.*?)^```", re.MULTILINE | re.DOTALL)


def commands(text: str) -> list[str]:
    """The lines of code blocks that call make, the program, papermill or jupyter, without comments."""
    lines = [line.split("  #")[0].strip() for block in _FENCE.findall(text) for line in block.splitlines()]
    return [line for line in lines if line.startswith(("make", "yuechi-report", "papermill", "jupyter", "python"))]


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_links_resolve(path: Path) -> None:
    """Every relative link of a document leads to a file of the repository."""
    targets = [target for target in _LINK.findall(path.read_text(encoding="utf-8")) if "://" not in target]
    assert [target for target in targets if not (path.parent / target).exists()] == []


def test_both_readmes_say_the_same() -> None:
    """The English and the Chinese README have the same headings' levels and the same commands, in order."""
    english, chinese = ((ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "README.zh-CN.md"))
    levels = [re.findall(r"^(#+) ", text, re.MULTILINE) for text in (english, chinese)]
    assert levels[0] == levels[1]
    assert commands(english) == commands(chinese)


def test_readme_names_every_command_and_job() -> None:
    """No command of the program and no job of run.py is missing from the README."""
    import runpy

    from yuechi_report.cli.program import COMMANDS

    text = (ROOT / "README.md").read_text(encoding="utf-8")
    jobs = runpy.run_path(str(ROOT / "run.py"))["JOBS"]
    assert [name for name in COMMANDS if f"yuechi-report {name}" not in text and f"`{name}" not in text] == []
    assert [name for name in jobs if f"make {name}" not in text and f"`{name}`" not in text] == []


def test_no_file_names_a_package_index_or_this_machine() -> None:
    """Tracked text files hold no address of a package index and no path of a machine."""
    import shutil
    import subprocess

    if shutil.which("git") is None:
        pytest.skip("git is not installed: the list of tracked files is not known")
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False).stdout
    if not listed:
        pytest.skip("not a git checkout: the list of tracked files is not known")
    words = (b"pypi" + b".org", b"index" + b"-url", b"/ro" + b"ot/", b"/wo" + b"rk/")
    found = [
        name
        for name in listed.decode().split("\0")
        if name and (ROOT / name).is_file() and any(word in (ROOT / name).read_bytes() for word in words)
    ]
    assert found == []
