"""environment.yml, pyproject.toml and requirements.lock say the same, through a map of names."""

import re
import tomllib
from pathlib import Path

import pytest
from ruamel.yaml import YAML

ROOT = Path(__file__).resolve().parents[2]
CONDA_NAMES = {
    "jupyter-client": "jupyter_client",
    "jupyter-server": "jupyter_server",
    "matplotlib": "matplotlib-base",
    "nbconvert": "nbconvert-core",
}
"""Names that differ on conda-forge."""
FROM_TEST_EXTRA = ("nbval", "pytest")
"""What a user needs of the test extra to check the notebooks."""
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


def test_lock_pins_every_requirement_with_hashes(project: dict[str, dict[str, str]]) -> None:
    """Every requirement of every extra is pinned in the lock, each pin has hashes, no address stands there."""
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    pins = re.findall(r"^([a-z0-9._-]+)==(\S+)(?: ; .*)? \\$", text, flags=re.MULTILINE)
    pinned = {name.replace(".", "-") for name, _ in pins}
    wanted = {name.replace(".", "-").replace("_", "-") for part in project.values() for name in part}
    assert wanted - pinned == set()
    assert len(pins) == len(re.findall(r"^[a-z0-9]", text, flags=re.MULTILINE))
    assert "://" not in text


def test_lock_is_above_the_floors_that_exclude_known_vulnerabilities() -> None:
    """Nbconvert ≥ 7.17.2, jupyter-server ≥ 2.20, jupyterlab ≥ 4.6.2."""
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    found = {}
    for name in ("nbconvert", "jupyter-server", "jupyterlab"):
        match = re.search(rf"^{name}==([\d.]+)", text, flags=re.MULTILINE)
        assert match is not None
        found[name] = tuple(int(part) for part in match[1].split("."))
    assert found["nbconvert"] >= (7, 17, 2)
    assert found["jupyter-server"] >= (2, 20)
    assert found["jupyterlab"] >= (4, 6, 2)
