"""What all figures share: equal data give equal bytes, text stays text, the words carry the numbers."""

import hashlib
import os
import re
import subprocess
import sys
from collections.abc import Callable, Mapping
from xml.etree import ElementTree as ET

import matplotlib as mpl
import pytest

from yuechi_report.page import theme
from yuechi_report.page.figure import Figure
from yuechi_report.page.prose import Prose
from yuechi_report.report import figures
from yuechi_report.report.context import Report

CALLS: Mapping[str, Callable[[Report], Figure | Prose]] = {
    "deadline_timeline": figures.deadline_timeline,
    "status_by_category": figures.status_by_category,
    "unit_matrix": figures.unit_matrix,
    "status_flow": figures.status_flow,
    "reported_progress": figures.reported_progress,
}
QUARTERS = ("2024Q3", "2024Q4", "2025Q1")
PROGRAM = """
import hashlib
from yuechi_report.report import figures, load_report
report = load_report("2024Q4", notice="yuechi-2024")
for name in %r:
    print(hashlib.sha256(getattr(figures, name)(report).svg.encode()).hexdigest())
"""


def drawn(report: Report) -> list[Figure]:
    """Every figure of the county report; sentences left out."""
    return [made for call in CALLS.values() if isinstance(made := call(report), Figure)]


@pytest.fixture(scope="module")
def found(example: Mapping[str, Report]) -> Mapping[str, list[Figure]]:
    """The figures of each quarter."""
    return {quarter: drawn(example[quarter]) for quarter in QUARTERS}


def test_two_processes_draw_the_same_bytes(found: Mapping[str, list[Figure]]) -> None:
    """Another process with another hash seed draws every figure of 2024Q4 byte for byte."""
    command = [sys.executable, "-c", PROGRAM % (list(CALLS),)]
    done = subprocess.run(command, env=os.environ | {"PYTHONHASHSEED": "7"}, capture_output=True, check=True, text=True)
    assert done.stdout.split() == [hashlib.sha256(one.svg.encode()).hexdigest() for one in found["2024Q4"]]


@pytest.mark.parametrize("quarter", QUARTERS)
def test_figures_are_numbered_without_a_gap(found: Mapping[str, list[Figure]], quarter: str) -> None:
    """A figure that is a sentence this quarter leaves no gap in the numbers."""
    numbers = [int(one.caption[1]) for one in found[quarter]]
    assert sorted(numbers) == list(range(1, len(numbers) + 1))
    assert [one.name for one in found[quarter]] == [
        name for name in CALLS if name != "status_flow" or len(numbers) == 5
    ]


@pytest.mark.parametrize("quarter", QUARTERS)
def test_figures_fit_the_type_area(found: Mapping[str, list[Figure]], quarter: str) -> None:
    """No figure is wider or taller than the type area, and no word is drawn outside its figure."""
    for one in found[quarter]:
        assert (one.width_mm, one.height_mm < theme.TYPE_HEIGHT_MM) == (theme.TYPE_WIDTH_MM, True)
        places = re.findall(r"translate\(([\d.-]+) ([\d.-]+)\)|<text [^>]*x=\"([\d.-]+)\" y=\"([\d.-]+)\"", one.svg)
        right, bottom = (side / 25.4 * 72 for side in (one.width_mm, one.height_mm))
        spots = [(float(a or c), float(b or d)) for a, b, c, d in places]
        assert spots
        assert all(0 <= x <= right and 0 <= y <= bottom for x, y in spots), one.name


@pytest.mark.parametrize("quarter", QUARTERS)
def test_text_stays_text_in_our_font(found: Mapping[str, list[Figure]], quarter: str) -> None:
    """Words are text elements in Noto Sans SC; the file carries no date and no maker."""
    for one in found[quarter]:
        root = ET.fromstring(one.svg)  # noqa: S314 - our own drawing
        words = list(root.iter("{http://www.w3.org/2000/svg}text"))
        assert all("Noto Sans SC" in word.get("style", "") for word in words)
        assert any(re.search("[\u4e00-\u9fff]", word.text or "") for word in words)
        assert re.findall(r"<dc:date>|<dc:creator>|matplotlib\\.org", one.svg) == []


@pytest.mark.parametrize("quarter", QUARTERS)
def test_words_end_as_sentences_and_data_are_flat(found: Mapping[str, list[Figure]], quarter: str) -> None:
    """Every figure has alternative text and at least one record of plain values."""
    for one in found[quarter]:
        assert one.alt.endswith("。")
        assert one.data
        assert len({tuple(record) for record in one.data}) == 1


def test_signs_are_the_policy_s(example: Mapping[str, Report]) -> None:
    """The drawing uses the office's own signs, and those alone."""
    signs = set(dict(example["2024Q4"].scope.office.signs).values())
    svg = figures.unit_matrix(example["2024Q4"])
    assert isinstance(svg, Figure)
    assert {char for char in svg.svg if char in "●◐○△×▲◆■"} == signs


HOSTILE_STYLE = {
    "savefig.bbox": "tight",
    "savefig.dpi": 31,
    "savefig.transparent": True,
    "savefig.facecolor": "red",
    "figure.facecolor": "yellow",
    "figure.autolayout": True,
    "text.usetex": True,
    "text.color": "red",
    "text.hinting": "none",
    "font.size": 30,
    "font.weight": "bold",
    "hatch.color": "blue",
    "hatch.linewidth": 9,
    "lines.dashed_pattern": [9, 9],
    "lines.scale_dashes": False,
    "patch.force_edgecolor": True,
    "patch.antialiased": False,
    "path.sketch": (1, 100, 2),
    "path.simplify": False,
    "axes.unicode_minus": True,
    "svg.fonttype": "path",
    "svg.hashsalt": "mine",
    "svg.image_inline": False,
}


def test_a_users_drawing_style_changes_no_figure(
    example: Mapping[str, Report], found: Mapping[str, list[Figure]]
) -> None:
    """What a matplotlibrc may say is set for whoever draws by hand, and stays set; our figures are as ever."""
    with mpl.rc_context(HOSTILE_STYLE):
        assert drawn(example["2024Q4"]) == found["2024Q4"]
        assert mpl.rcParams["savefig.dpi"] == 31
