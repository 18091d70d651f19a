"""The calendar, read back: RFC 5545 lines, events as handed over, nothing a text can break."""

import re
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yuechi_report.page.dataset import CALENDAR_KEYS, Dataset, Field
from yuechi_report.render.ics import render_ics

Build = Any
HOSTILE = "甲;乙,丙\\n丁\nEND:VEVENT\r\nBEGIN:VALARM\x07"


def days(*rows: tuple[str, ...]) -> Dataset:
    """A calendar's dataset."""
    fields = tuple(Field(key=key, title=key) for key in CALENDAR_KEYS)
    return Dataset(name="d", title="历", use="calendar", grain="g", fields=fields, rows=rows)


def unfolded(content: bytes) -> list[str]:
    """The lines of a calendar, folding undone."""
    assert content.endswith(b"\r\n")
    return content.decode().replace("\r\n ", "").removesuffix("\r\n").split("\r\n")


def unescaped(text: str) -> str:
    """TEXT back to what it was."""
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] == "n" else found[1], text)


def read(content: bytes) -> list[dict[str, str]]:
    """The events of a calendar, name → value with parameters kept in the name."""
    events: list[dict[str, str]] = []
    for line in unfolded(content):
        if line == "BEGIN:VEVENT":
            events.append({})
        elif events and line != "END:VEVENT":
            name, _, value = line.partition(":")
            events[-1][name] = unescaped(value)
    return events


def test_an_event_a_row(build: Build) -> None:
    """All-day events: end is the day after, the stamp is the day judged, no clock."""
    rows = (("2025-03-31", "任务2到期", "说明", "a@b"), ("2024-12-31", "任务6到期", "", "c@b"))
    first, second = read(render_ics(build.head(), days(*rows)))
    assert first == {
        "UID": "a@b",
        "DTSTAMP": "20250106T000000Z",
        "DTSTART;VALUE=DATE": "20250331",
        "DTEND;VALUE=DATE": "20250401",
        "SUMMARY": "任务2到期",
        "DESCRIPTION": "说明",
        "TRANSP": "TRANSPARENT",
    }
    assert (second["DTSTART;VALUE=DATE"], second["DTEND;VALUE=DATE"]) == ("20241231", "20250101")


def test_the_calendar_says_what_it_is(build: Build) -> None:
    """Version, name and mark come before the events."""
    lines = unfolded(render_ics(build.head(), days(("2025-03-31", "a", "", "u"))))
    assert lines[:2] + lines[-1:] == ["BEGIN:VCALENDAR", "VERSION:2.0", "END:VCALENDAR"]
    assert f"X-WR-CALDESC:{build.mark}".replace(",", "\\,") in lines
    assert "X-WR-CALNAME:37项川渝便捷生活重点任务2024年第四季度落实情况时限" in lines


def test_text_cannot_leave_its_line(build: Build) -> None:
    """Separators and line ends are escaped, control characters left out; no component is smuggled in."""
    content = render_ics(build.head(), days(("2025-03-31", HOSTILE, HOSTILE, "u")))
    (event,) = read(content)
    assert event["SUMMARY"] == "甲;乙,丙\\n丁\nEND:VEVENT\nBEGIN:VALARM"
    assert [line for line in unfolded(content) if line.startswith(("BEGIN", "END"))] == [
        *("BEGIN:VCALENDAR", "BEGIN:VEVENT", "END:VEVENT", "END:VCALENDAR")
    ]


@pytest.mark.parametrize("text", ["甲" * 200, "a" * 200, "😀" * 50, "a甲😀" * 40, "x" * 67, "x" * 68])
def test_lines_are_folded_at_75_octets(build: Build, text: str) -> None:
    """No line is longer, no character is cut, and the text comes back."""
    content = render_ics(build.head(), days(("2025-03-31", text, "", "u")))
    assert max(len(line) for line in content.split(b"\r\n")) <= 75
    assert read(content)[0]["SUMMARY"] == text


@given(st.text(st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp"))))
def test_any_text_comes_back(text: str) -> None:
    """Summary and description are what was handed over, whatever they hold."""
    from yuechi_report.page.head import Head

    head = Head(
        title=("t",),
        masthead="",
        byline="",
        office="",
        notice_id="",
        quarter="",
        edition="",
        document_date=date(2025, 1, 6),
        draft="",
    )
    (event,) = read(render_ics(head, days(("2025-03-31", text, text, "u"))))
    assert (event["SUMMARY"], event["DESCRIPTION"]) == (text, text)
