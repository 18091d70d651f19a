from datetime import date

import pytest

from yuechi_report.errors import Place
from yuechi_report.notice.findings import Finding, Severity
from yuechi_report.notice.front import BaseYear, Front, base_year, read_front
from yuechi_report.notice.sources.read import document_of

DOCUMENT = document_of("n.txt", "清单".encode())


@pytest.mark.parametrize(
    ("text", "front"),
    [
        (
            "各单位：\n现印发。\n某办\n2024年9月23日\n附件\n某县\n 2024年清单 ",
            Front("某县2024年清单", date(2024, 9, 23)),
        ),
        ("2024年5月1日\n2024年5月6日\n附件1：\n清单", Front("清单", date(2024, 5, 6))),
        ("二〇二四年五月六日\n（此件公开发布）\n清单", Front("清单", date(2024, 5, 6))),
        ("2025年重点工作清单", Front("2025年重点工作清单", None)),
        ("\n", Front("", None)),
    ],
)
def test_title_and_day_are_found(text: str, front: Front) -> None:
    """The title is what follows the last day or 附件, its lines joined; the last printed day is the notice's."""
    assert read_front(document_of("n.txt", f"{text}\n序号".encode()).lines[:-1]) == front


@pytest.mark.parametrize(
    ("title", "issued_on", "expected"),
    [
        ("2024年清单", date(2024, 9, 23), BaseYear(2024, False, ())),
        ("2024年清单", None, BaseYear(2024, False, ())),
        ("清单", date(2024, 9, 23), BaseYear(2024, False, ())),
        ("清单", None, BaseYear(None, False, ())),
        (
            "2025年清单",
            date(2024, 12, 30),
            BaseYear(
                2025,
                True,
                (
                    Finding(
                        Severity.WARNING,
                        "base_year_differs",
                        Place("n.txt"),
                        "清单标题的年份2025与印发日期的年份2024不同，没有写年份的时限按标题的年份算",
                    ),
                ),
            ),
        ),
        (
            "2024—2026年清单",
            date(2024, 9, 23),
            BaseYear(
                None,
                False,
                (
                    Finding(
                        Severity.WARNING,
                        "title_years",
                        Place("n.txt"),
                        "清单标题中有多个年份（2024、2026），没有写年份的时限须人工确认",
                    ),
                ),
            ),
        ),
    ],
)
def test_the_base_year_is_the_titles_else_the_issue_dates(
    title: str, issued_on: date | None, expected: BaseYear
) -> None:
    """One year in the title wins, with a warning where it differs; two years in it settle nothing."""
    assert base_year(Front(title, None), issued_on, DOCUMENT) == expected
