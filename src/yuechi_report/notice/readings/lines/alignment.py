"""One row of a flattened table: its tokens given to the columns, by dynamic programming over costs."""

from collections.abc import Sequence
from dataclasses import dataclass

from yuechi_report.notice.readings.lines.fitting import IMPOSSIBLE, cost, longest
from yuechi_report.notice.readings.lines.tokens import Token
from yuechi_report.notice.vocabulary import ColumnRole

_REST = 1.2  # a token that no column takes
_REST_BLANK = 0.15


@dataclass(frozen=True, slots=True)
class Alignment:
    """Where each column's tokens begin and end, what they cost, and by how much the next best way is dearer."""

    spans: tuple[tuple[int, int], ...]
    costs: tuple[float, ...]
    total: float
    margin: float
    differs: frozenset[int] = frozenset()  # columns that the next best way reads otherwise

    @property
    def stop(self) -> int:
        """Where the row's tokens end; those behind it belong to no column."""
        return self.spans[-1][1] if self.spans else 0


Way = tuple[float, tuple[int, ...]]  # cost, and where each column ends


def align(tokens: Sequence[Token], roles: Sequence[ColumnRole]) -> Alignment | None:
    """The cheapest way to give tokens to columns in their order; None where there is none, or no column."""
    if not roles:
        return None
    length = len(tokens)
    ways: list[list[Way]] = [[(0.0, ())] if position == 0 else [] for position in range(length + 1)]
    for role in roles:
        ways = _next_column(tokens, ways, role)
    closed = [
        (total + _rest(tokens[position:]), ends) for position in range(length + 1) for total, ends in ways[position]
    ]
    closed.sort()
    if not closed or closed[0][0] >= IMPOSSIBLE:
        return None
    best_cost, ends = closed[0]
    second = next((way for way in closed[1:] if _read(tokens, way[1]) != _read(tokens, ends)), None)
    spans = tuple(zip((0, *ends[:-1]), ends, strict=True))
    costs = tuple(
        cost(role, tokens[start:stop], _at(tokens, stop)) for role, (start, stop) in zip(roles, spans, strict=True)
    )
    margin = second[0] - best_cost if second else IMPOSSIBLE
    differs = frozenset() if second is None else _differing(_read(tokens, ends), _read(tokens, second[1]))
    return Alignment(spans, costs, best_cost, margin, differs)


def _next_column(tokens: Sequence[Token], ways: list[list[Way]], role: ColumnRole) -> list[list[Way]]:
    """The two cheapest ways to each position after one more column."""
    after: list[list[Way]] = [[] for _ in ways]
    for start, here in enumerate(ways):
        if not here:
            continue
        for stop in range(start, min(start + longest(role), len(tokens)) + 1):
            price = cost(role, tokens[start:stop], _at(tokens, stop))
            if price < IMPOSSIBLE:
                after[stop] += [(total + price, (*ends, stop)) for total, ends in here]
    return [sorted(found)[:3] for found in after]


def _rest(tokens: Sequence[Token]) -> float:
    return sum(_REST_BLANK if token.blank else _REST for token in tokens)


def _at(tokens: Sequence[Token], position: int) -> Token | None:
    return tokens[position] if position < len(tokens) else None


def _read(tokens: Sequence[Token], ends: tuple[int, ...]) -> tuple[tuple[int, ...], ...]:
    """What each column gets, blank tokens left out."""
    return tuple(
        tuple(index for index in range(start, stop) if not tokens[index].blank)
        for start, stop in zip((0, *ends[:-1]), ends, strict=True)
    )


def _differing(one: tuple[tuple[int, ...], ...], other: tuple[tuple[int, ...], ...]) -> frozenset[int]:
    return frozenset(index for index, (first, second) in enumerate(zip(one, other, strict=True)) if first != second)
