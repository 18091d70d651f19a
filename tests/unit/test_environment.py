"""environment.yml, pyproject.toml and the two locks say the same, through a map of names."""

import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest
from ruamel.yaml import YAML

Pins = dict[tuple[str, str], frozenset[str]]
ROOT = Path(__file__).resolve().parents[2]
LEAN, DEV = "requirements.lock", "requirements-dev.lock"
CONDA_NAMES = {
    "jupyter-client": "jupyter_client",
    "jupyter-server": "jupyter_server",
    "matplotlib": "matplotlib-base",
    "nbconvert": "nbconvert-core",
}
"""Names that differ on conda-forge."""
FROM_TEST_EXTRA = ("nbval", "pytest")
"""What a user needs of the test extra to check the notebooks."""
FLOORS = {
    "fonttools": (4, 60, 2),
    "nbconvert": (7, 17, 2),
    "jupyter-server": (2, 20),
    "jupyterlab": (4, 6, 2),
    "pillow": (12, 3),
}
_REQUIREMENT = re.compile(r"([A-Za-z0-9._-]+)\s*(.*)")


def requirements(lines: list[str]) -> dict[str, str]:
    """Name → version part."""
    found = {}
    for line in lines:
        match = _REQUIREMENT.fullmatch(line)
        assert match is not None, line
        found[match[1].lower()] = match[2].replace(" ", "")
    return found


@pytest.fixture(scope="module")
def project() -> dict[str, dict[str, str]]:
    """The project's requirements: run and each extra."""
    table = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = {name: requirements(lines) for name, lines in table["optional-dependencies"].items()}
    return {"run": requirements(table["dependencies"]), **extras}


def test_environment_agrees_with_pyproject(project: dict[str, dict[str, str]]) -> None:
    """Every run, lab and chosen test requirement stands in environment.yml with the same versions."""
    content = YAML(typ="safe").load((ROOT / "environment.yml").read_text(encoding="utf-8"))
    by_pip = requirements(content["dependencies"][-1]["pip"])
    conda = requirements([line for line in content["dependencies"] if isinstance(line, str)])
    wanted = project["run"] | project["lab"] | {name: project["test"][name] for name in FROM_TEST_EXTRA}
    expected = {CONDA_NAMES.get(name, name): version for name, version in wanted.items()}
    python = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["requires-python"]
    assert conda | by_pip == expected | {"python": python, "pip": ""}


def pins(name: str) -> Pins:
    """Name and version → hashes; a package is there twice where systems or Pythons need different versions."""
    text = (ROOT / name).read_text(encoding="utf-8")
    assert "://" not in text
    blocks = re.split(r"^(?=\S)", text, flags=re.MULTILINE)[1:]
    found = {}
    for block in blocks:
        match = re.match(r"([a-z0-9.-]+)==(\S+)(?: ; .*)? \\\n", block)
        assert match is not None, block
        found[match[1], match[2]] = frozenset(re.findall(r"--hash=(sha256:[0-9a-f]{64})\b", block))
    assert len(found) == len(blocks)
    return found


@pytest.mark.parametrize(
    ("lock", "parts"), [(LEAN, ["run", "setup"]), (DEV, ["run", "setup", "lab", "dask", "test"])], ids=[LEAN, DEV]
)
def test_lock_pins_every_requirement_with_hashes(
    project: dict[str, dict[str, str]], lock: str, parts: list[str]
) -> None:
    """What reports need and what installs the project is in both, every extra in the second; all have hashes."""
    wanted = {re.sub(r"[-_.]+", "-", name) for part in parts for name in project[part]}
    found = pins(lock)
    assert wanted - {name for name, _ in found} == set()
    assert all(found.values())
    assert set(parts) == set(project) or lock == LEAN


def test_locks_agree_and_the_first_is_lean() -> None:
    """Every pin of requirements.lock is in requirements-dev.lock with the same files; no tool of developers is."""
    lean, dev = pins(LEAN), pins(DEV)
    assert {pin: hashes for pin, hashes in lean.items() if dev.get(pin) != hashes} == {}
    assert not {"jupyterlab", "jupyter-server", "distributed", "pytest", "mypy", "ruff"} & {name for name, _ in lean}


def test_locks_are_above_the_floors_that_exclude_known_vulnerabilities() -> None:
    """FontTools ≥ 4.60.2, nbconvert ≥ 7.17.2, jupyter-server ≥ 2.20, jupyterlab ≥ 4.6.2, Pillow ≥ 12.3."""
    found = {name: tuple(int(part) for part in version.split(".")) for name, version in pins(DEV) if name in FLOORS}
    assert {name: version for name, version in found.items() if version >= FLOORS[name]} == found
    assert found.keys() == FLOORS.keys()


@pytest.mark.parametrize("name", FLOORS)
def test_what_may_be_installed_is_above_the_same_floors(project: dict[str, dict[str, str]], name: str) -> None:
    """Without a lock, by pip or conda, none of them may be older."""
    wanted = next(part[name] for part in project.values() if name in part)
    floor = re.match(r">=([0-9.]+)", wanted)
    assert floor is not None
    assert tuple(int(part) for part in floor[1].split(".")) >= FLOORS[name]


@pytest.mark.skipif(shutil.which("git") is None, reason="git is asked")
def test_line_ends_stay_whatever_a_user_s_git_is_set_to(tmp_path: Path) -> None:
    """With core.autocrlf, templates, styles and settings come out of git byte for byte; so do files as received."""
    templates = (ROOT / "src" / "yuechi_report" / "render" / "templates").rglob("*.*")
    names = [".gitattributes", "params/suite.yml", "run.py", "data/receipts/receipts.csv", "tests/golden/stories.csv"]
    names += [path.relative_to(ROOT).as_posix() for path in templates]
    for name in names:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / name, tmp_path / name)
    who = (
        "-c",
        "user.name=a",
        "-c",
        "user.email=a@example.org",
        "-c",
        "core.autocrlf=true",
        "-c",
        "core.safecrlf=false",
    )
    for words in (
        ("init", "-q"),
        ("add", "-A"),
        ("commit", "-qm", "all"),
        ("rm", "-rq", "."),
        ("checkout", "-q", "HEAD", "."),
    ):
        subprocess.run(["git", "-C", str(tmp_path), *who, *words], check=True)
    assert [name for name in names if (tmp_path / name).read_bytes() != (ROOT / name).read_bytes()] == []
