"""run.py: what it installs for which job, and what `clean` leaves."""

import importlib.util
import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]
FILES = ("run.py", "pyproject.toml", "requirements.lock", "requirements-dev.lock")


@pytest.fixture
def bootstrap(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """run.py in a checkout of its own, with a .venv that is there already; nothing is really run."""
    for name in FILES:
        (tmp_path / name).write_bytes((ROOT / name).read_bytes())
    spec = importlib.util.spec_from_file_location("bootstrap", tmp_path / "run.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.PYTHON.parent.mkdir(parents=True)
    module.PYTHON.touch()
    return module


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the locks that pip was asked to install."""
    locks: list[str] = []

    def run(command: list[str], **_: object) -> subprocess.CompletedProcess[str]:
        locks.extend(Path(word).name for word in command if word.endswith(".lock"))
        return subprocess.CompletedProcess(command, 0)

    monkeypatch.setattr(subprocess, "run", run)
    return locks


def do(bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch, *jobs: str) -> None:
    """Run jobs one after another, as calls of run.py."""
    for job in jobs:
        monkeypatch.setattr(sys, "argv", ["run.py", job])
        assert bootstrap.main() == 0


@pytest.mark.parametrize(
    ("jobs", "expected"),
    [
        (["report", "example", "report"], ["requirements.lock"]),
        (["report", "test", "check", "prove"], ["requirements.lock", "requirements-dev.lock"]),
        (["test", "report", "example", "docs"], ["requirements-dev.lock"]),
        (["lab"], ["requirements-dev.lock"]),
        (["clean"], []),
    ],
    ids=" ".join,
)
def test_each_job_has_its_lock_and_nothing_is_installed_twice(
    bootstrap: ModuleType, installed: list[str], monkeypatch: pytest.MonkeyPatch, jobs: list[str], expected: list[str]
) -> None:
    """Reports need the lean lock; who has the other one has all of it."""
    do(bootstrap, monkeypatch, *jobs)
    assert installed == expected


@pytest.mark.parametrize("name", FILES[1:])
def test_what_changed_is_installed_again(
    bootstrap: ModuleType, installed: list[str], monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """A changed lock or pyproject.toml: the job that needs it installs once more, and once only."""
    job = "test" if "dev" in name else "report"
    do(bootstrap, monkeypatch, job)
    with (bootstrap.ROOT / name).open("ab") as file:
        file.write(b"# changed\n")
    do(bootstrap, monkeypatch, job, job)
    assert installed == [installed[0]] * 2


def test_going_back_to_an_older_checkout_installs_again(
    bootstrap: ModuleType, installed: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was installed last counts, not what was installed once."""
    lock = bootstrap.ROOT / "requirements.lock"
    old = lock.read_bytes()
    do(bootstrap, monkeypatch, "test")
    lock.write_bytes(old + b"# newer\n")
    bootstrap.DEV.write_bytes(bootstrap.DEV.read_bytes() + b"# newer\n")
    do(bootstrap, monkeypatch, "report")
    lock.write_bytes(old)
    bootstrap.DEV.write_bytes((ROOT / bootstrap.DEV.name).read_bytes())
    do(bootstrap, monkeypatch, "report")
    assert installed == ["requirements-dev.lock", "requirements.lock", "requirements.lock"]


def test_an_installation_that_failed_is_begun_again(
    bootstrap: ModuleType, installed: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Half of an installation is not taken for the old one, even where the lock is put back."""
    do(bootstrap, monkeypatch, "report")

    def fail(command: list[str], **_: object) -> None:
        raise subprocess.CalledProcessError(1, command)

    with monkeypatch.context() as broken:
        broken.setattr(subprocess, "run", fail)
        with pytest.raises(subprocess.CalledProcessError):
            do(bootstrap, broken, "test")
    do(bootstrap, monkeypatch, "report")
    assert installed == ["requirements.lock"] * 2


def test_wheels_next_to_it_are_all_that_is_asked(bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both steps of the installation look at no index where the folder is there."""
    commands: list[list[str]] = []
    monkeypatch.setattr(subprocess, "run", lambda command, **_: commands.append(command))
    bootstrap.WHEELS.mkdir()
    do(bootstrap, monkeypatch, "setup")
    assert [("--no-index" in command, str(bootstrap.WHEELS) in command) for command in commands] == [(True, True)] * 2


def test_clean_leaves_the_page_that_says_what_reports_is(
    bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Reports and their index go; reports/README.md and .venv stay."""
    folder = bootstrap.ROOT / "reports"
    (folder / "yuechi-2024" / "2024Q4").mkdir(parents=True)
    for name in ("README.md", "index.html", "yuechi-2024/2024Q4/county.pdf"):
        (folder / name).touch()
    do(bootstrap, monkeypatch, "clean")
    assert [path.name for path in folder.iterdir()] == ["README.md"]
    assert bootstrap.PYTHON.is_file()


@pytest.mark.parametrize(("before", "lock"), [("report", "requirements.lock"), ("test", "requirements-dev.lock")])
def test_setup_looks_at_every_package_again(
    bootstrap: ModuleType, installed: list[str], monkeypatch: pytest.MonkeyPatch, before: str, lock: str
) -> None:
    """Who asks for it may have lost a package; what was installed before, and no less, is installed again."""
    do(bootstrap, monkeypatch, before, "setup")
    assert installed == [lock, lock]


@pytest.mark.skipif(os.name == "nt", reason="sh is asked")
def test_signs_of_the_shell_in_the_path_are_only_signs(
    bootstrap: ModuleType, installed: list[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """`$HOME` in the repository's path: activate names the place as it is, and a script finds its Python there."""
    place = tmp_path / "a$HOME `b`"
    scripts = place / "bin"
    scripts.mkdir(parents=True)
    (scripts / "python").symlink_to(sys.executable)
    (scripts / "activate").write_text(f'VIRTUAL_ENV="{place}"\nexport VIRTUAL_ENV\n')
    (scripts / "tool").write_text(f"#!/bin/sh\n'''exec' \"{scripts}/python\" \"$0\" \"$@\"\n' '''\nprint('well')\n")
    (scripts / "tool").chmod(0o755)
    for name, path in (
        ("VENV", place),
        ("SCRIPTS", scripts),
        ("STAMP", place / "stamp"),
        ("PYTHON", scripts / "python"),
    ):
        monkeypatch.setattr(bootstrap, name, path)
    do(bootstrap, monkeypatch, "setup")
    ask = ["sh", "-c", f"export HOME=/nowhere; . '{scripts}/activate'; echo \"$VIRTUAL_ENV\"; '{scripts}/tool'"]
    answer = subprocess.Popen(ask, stdout=subprocess.PIPE, text=True).communicate()[0]
    assert answer.splitlines() == [str(place), "well"]
