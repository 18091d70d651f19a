"""The brackets of a paragraph that say who is responsible; those of prose are left alone."""

from dataclasses import dataclass

from yuechi_report.notice.readings.responsibility import (
    Parts,
    bare_units,
    behind_dash,
    closing_sentence,
    responsibility,
    spoken_units,
)

_PAIRS = {"（": "）", "(": ")", "〔": "〕", "[": "]", "【": "】", "［": "］"}
_CLOSING = frozenset(_PAIRS.values())
_AFTER = "。；;，,.、 \u3000\u00a0”"
_LENGTH_MAX = 1500


@dataclass(frozen=True, slots=True)
class Bracket:
    """A responsible bracket: what it says, and where it begins and ends with the marks behind it."""

    start: int
    stop: int
    parts: Parts
    bare: bool = False
    enclosed: bool = False


def brackets_in(text: str, *, bare: bool = False) -> tuple[Bracket, ...]:
    """The outermost brackets that name responsible units; without any, a last sentence that says nothing else.

    With `bare` (a text that names units in no other way) also brackets that hold only names, what stands behind a
    dash, and sentences that say who leads and more.
    """
    found = []
    for start, stop in _outermost(text):
        content = text[start + 1 : stop - 1]
        if len(content) > _LENGTH_MAX:
            continue
        parts = responsibility(content)
        only_names = parts is None and bare and _closes(text, stop) and bare_units(content)
        if parts is not None or only_names:
            end = stop
            while end < len(text) and text[end] in _AFTER:
                end += 1
            found.append(Bracket(start, end, parts or (), only_names, enclosed=True))
    closing = closing_sentence(text) or (behind_dash(text) if bare else None)
    if not found and closing is not None:
        found.append(Bracket(closing[0], len(text), closing[1]))
    if not found and bare and (spoken := spoken_units(text)) is not None:
        found.append(Bracket(len(text), len(text), spoken))  # the sentence stays text: it says more
    return tuple(found)


def _closes(text: str, stop: int) -> bool:
    return not text[stop:].strip(_AFTER)


def names_of(text: str, bracket: Bracket) -> str:
    """The content of a bracket as printed."""
    return text[bracket.start + 1 : bracket.stop].rstrip(_AFTER)[:-1]


def _outermost(text: str) -> list[tuple[int, int]]:
    """Where outermost brackets begin and end; one of the wrong shape may close another (full and half width)."""
    found, depth, start = [], 0, 0
    for position, character in enumerate(text):
        if character in _PAIRS:
            if depth == 0:
                start = position
            depth += 1
        elif character in _CLOSING and depth:
            depth -= 1
            if depth == 0:
                found.append((start, position + 1))
    return found
