"""Numbered paragraphs with labelled lines (牵头单位：…) or brackets （…牵头，…配合） → items."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from yuechi_report.notice.document import Atom, Document
from yuechi_report.notice.findings import Severity
from yuechi_report.notice.readings.brackets import Bracket, brackets_in, names_of
from yuechi_report.notice.readings.climbing import climb
from yuechi_report.notice.readings.item import Doubt, Field, How, Item, Reading, Use
from yuechi_report.notice.readings.marks import Mark, Style, mark_of
from yuechi_report.notice.readings.outline import (
    Node,
    Outliner,
    Paragraph,
    closes_list,
    named_depth,
    opens_list,
    pieces,
)
from yuechi_report.notice.readings.places import heading_name, is_annex, is_note
from yuechi_report.notice.readings.responsibility import Label, labelled_values, labels_in
from yuechi_report.notice.unit_text import unfinished
from yuechi_report.notice.vocabulary import UNIT_ROLES, Role

LABELLED, BRACKETED = "labelled", "bracketed"
_KEPT = UNIT_ROLES | {Role.LEADER, Role.DEADLINE, Role.GOAL, Role.START, Role.MILESTONE}
_GOES_ON = UNIT_ROLES | {Role.LEADER, Role.DEADLINE, Role.GOAL, Role.MEASURE, Role.TEXT}


@dataclass(slots=True)
class Claim:
    """Who is responsible, as one place of the text says it; `text` is the sentence it closes, if in one."""

    fields: list[tuple[Role, Field]]
    own_line: bool
    text: Field | None = None


@dataclass(slots=True)
class Claims:
    """What was found under each node: claims, texts of labels, words of labels used."""

    of: dict[int, list[Claim]] = field(default_factory=dict)
    texts: dict[int, list[Field]] = field(default_factory=dict)
    words: dict[int, set[str]] = field(default_factory=dict)
    extra: dict[int, list[int]] = field(default_factory=dict)
    labels: dict[str, Role] = field(default_factory=dict)
    brackets: int = 0
    statuses: int = 0
    unnamed: bool = False

    def has(self, node: Node) -> bool:
        """Whether a node says who is responsible."""
        return bool(self.of.get(id(node)))

    def below(self, node: Node) -> bool:
        """Whether anything under a node does."""
        return any(self.has(deeper) for child in node.children for deeper in child.walk())


def read_paragraphs(document: Document) -> Reading | None:
    """The reading of a document's paragraphs; None where nobody in them is made responsible for anything."""
    paragraphs = [
        piece for block in document.blocks if isinstance(block, Atom) and not block.blank for piece in pieces(block)
    ]
    reader = _Reader(paragraphs, bare=False)
    if not reader.claims.of:
        reader = _Reader(paragraphs, bare=True)
        if len(reader.claims.of) < 2:
            return None if not reader.claims.statuses else Reading(LABELLED, (), {}, statuses=reader.claims.statuses)
        reader.claims.unnamed = True
    climb(reader.outline.root, reader.claims)
    return _reading(reader)


class _Reader:
    """One pass: outline, labels and brackets; what it found is in `outline` and `claims`."""

    def __init__(self, paragraphs: list[Paragraph], *, bare: bool) -> None:
        self.outline, self.claims, self.bare = Outliner(), Claims(), bare
        self.notes: list[int] = []
        self._label: tuple[Node, Claim, Role] | None = None
        self.outline.named_at(named_depth(paragraphs))
        for paragraph in paragraphs:
            self._take(paragraph)

    def _take(self, paragraph: Paragraph) -> None:
        text = paragraph.text
        if closes_list(text):
            self.outline.close()
        elif opens_list(text) and not (paragraph.mark and labels_in(text)):
            self.outline.new_list("" if is_annex(text) else text)
        elif is_note(text) and paragraph.mark is None:
            self.notes.append(paragraph.atom.id)
        elif (labels := labels_in(text, sentences=True)) and not self._is_sentence(text, labels):
            self._labelled(paragraph, labels)
        elif self._label is not None and paragraph.mark is None and self._goes_on(paragraph):
            pass
        else:
            self._label = None
            node = self.outline.add(paragraph)
            if not self.outline.measures:
                self._bracketed(node, paragraph)

    def _is_sentence(self, text: str, labels: tuple[Label, ...]) -> bool:
        """主要目标：… with a bracket at its end is a sentence, its first words no label."""
        return not any(label.role in UNIT_ROLES for label in labels) and bool(brackets_in(text))

    def _goes_on(self, paragraph: Paragraph) -> bool:
        """A line after a label whose value was not finished belongs to it."""
        _, claim, role = self._label  # type: ignore[misc]
        value = next((each for there, each in reversed(claim.fields) if there is role), None)
        if value is None or (value.text.strip() and not unfinished(value.text)) or brackets_in(paragraph.text):
            return False
        index = max(index for index, (there, _) in enumerate(claim.fields) if there is role)
        claim.fields[index] = (role, value.joined(Field(paragraph.text, (paragraph.atom.id,), How.LABEL)))
        return True

    def _labelled(self, paragraph: Paragraph, labels: tuple[Label, ...]) -> None:
        """A line with labels: what stands before the first is text, the rest goes to the open item."""
        before = paragraph.text[: labels[0].start].strip().rstrip("—-*（(").strip()
        mark = paragraph.mark
        labelled = mark is not None and mark.rest.startswith(labels[0].word)
        if mark is not None and labelled and before:
            self.outline.add(Paragraph(paragraph.atom, "", replace(mark, rest="")))
        elif before:
            self.outline.add(Paragraph(paragraph.atom, before, mark_of(before)))
        values = labelled_values(paragraph.text, labels)
        for label, (role, value) in zip(labels, values, strict=True):
            self._value(label, role, value, paragraph.atom)

    def _value(self, label: Label, role: Role, value: str, atom: Atom) -> None:
        self.claims.labels.setdefault(label.word, role)
        if role is Role.TEXT:
            self._text_label(label, value, atom)
            return
        node = self.outline.node
        if node is None:
            return
        self.claims.extra.setdefault(id(node), []).append(atom.id)
        self.claims.statuses += role is Role.STATUS and bool(value)
        self.outline.measures = role is Role.MEASURE
        claims = self.claims.of.setdefault(id(node), []) if role in UNIT_ROLES else self.claims.of.get(id(node), [])
        pending = self._pending(node)
        claim = claims[-1] if claims else pending
        if role in UNIT_ROLES and not claims:
            claims.append(claim)
        claim.fields.append((role, Field(value, (atom.id,), How.LABEL)))
        self._label = (node, claim, role) if role in _GOES_ON else None

    def _pending(self, node: Node) -> Claim:
        """Labels that come before the units' own label wait here."""
        if self._label is not None and self._label[0] is node:
            return self._label[1]
        return Claim([], own_line=True)

    def _text_label(self, label: Label, value: str, atom: Atom) -> None:
        """任务名称：… opens an item of its own, unless it names the open one that has no such label yet."""
        node = self.outline.node
        used = self.claims.words.get(id(node), set()) if node is not None else set()
        if (
            node is None
            or label.word in used
            or (self.claims.has(node) and node.mark is not None and not node.mark.printed)
        ):
            node = self.outline.add(Paragraph(atom, "", Mark(Style.NAMED, 0, "", "")))
        self.claims.words.setdefault(id(node), set()).add(label.word)
        self.claims.texts.setdefault(id(node), []).append(Field(value, (atom.id,), How.LABEL))
        self.outline.measures = False
        self._label = None

    def _bracketed(self, node: Node, paragraph: Paragraph) -> None:
        text = paragraph.text
        brackets = brackets_in(text, bare=self.bare)
        if not brackets or node.mark is None:
            return
        begin = len(text) - len(paragraph.mark.rest) if paragraph.mark else 0
        if len(brackets) == 1 and not text[begin : brackets[0].start].strip() and not text[brackets[0].stop :].strip():
            self._claim(node, brackets[0], paragraph, None)
            return
        for index, bracket in enumerate(brackets):
            sentence = text[begin : bracket.start].strip()
            if index == len(brackets) - 1 and (behind := text[bracket.stop :].strip()):
                sentence = f"{sentence}{text[bracket.stop - 1] if text[bracket.stop - 1] in '。；' else ''}{behind}"
            self._claim(node, bracket, paragraph, Field(sentence, (paragraph.atom.id,), How.BRACKET))
            begin = bracket.stop

    def _claim(self, node: Node, bracket: Bracket, paragraph: Paragraph, text: Field | None) -> None:
        parts = bracket.parts or ((Role.RESPONSIBLE, names_of(paragraph.text, bracket)),)
        fields = [(role, Field(value, (paragraph.atom.id,), How.BRACKET)) for role, value in parts]
        self.claims.of.setdefault(id(node), []).append(Claim(fields, text is None, text))
        self.claims.brackets += 1


def _reading(reader: _Reader) -> Reading | None:
    claims, uses = reader.claims, {}
    items: list[Item] = []
    doubts: list[Doubt] = []
    headings: list[str] = []
    for node in reader.outline.root.walk():
        if node.mark is None:
            continue
        if claims.has(node) or _left_open(node, claims):
            items += _items(node, claims, headings)
        elif claims.below(node):
            uses.update({paragraph.atom.id: (Use.HEADING, _name(node)) for paragraph in node.paragraphs})
            headings.append(_key(node))
        elif not _inside_item(node, claims):
            uses.update({each.atom.id: (Use.IGNORED, "没有写明责任单位，不是任务") for each in node.paragraphs})
    if not items:
        return None
    taken = {atom for item in items for atom in item.atoms}
    uses = {atom: use for atom, use in uses.items() if atom not in taken}
    uses |= {atom: (Use.IGNORED, "说明") for atom in reader.notes if atom not in taken}
    if claims.unnamed:
        text = "括号里只有单位名称，没有写牵头还是配合，暂都记为牵头单位"
        doubts.append(Doubt(Severity.WARNING, "role_unnamed", items[0].atoms[0], text))
    labelled = any(value.how is How.LABEL for item in items for value in item.fields.values())
    return Reading(
        layout=LABELLED if labelled else BRACKETED,
        items=tuple(items),
        uses=uses,
        doubts=tuple(doubts),
        columns=tuple(claims.labels.items()),
        categories=tuple(dict.fromkeys(name for item in items for name in item.headings)),
        statuses=claims.statuses,
    )


def _left_open(node: Node, claims: Claims) -> bool:
    """A node between siblings that name their units, without any of its own: a task whose units are missing."""
    if node.parent is None or claims.below(node) or node.mark is None or _inside_item(node, claims):
        return False
    same = [child for child in node.parent.children if child.mark is not None and child.mark.style is node.mark.style]
    claimed = [index for index, child in enumerate(same) if claims.has(child)]
    at = next(index for index, child in enumerate(same) if child is node)
    return bool(claimed) and claimed[0] < at < claimed[-1] and node.list_number == same[claimed[0]].list_number


def _inside_item(node: Node, claims: Claims) -> bool:
    return any(claims.has(above) for above in node.above())


def _name(node: Node) -> str:
    rest = node.mark.rest if node.mark else ""
    sentence, stop, _ = rest.partition("。")
    return heading_name(sentence if stop else rest)


def _key(node: Node) -> str:
    return " / ".join([*(_name(above) for above in node.above()), _name(node)])


def _items(node: Node, claims: Claims, headings: list[str]) -> Iterator[Item]:
    """The items of a node: one, or one for each sentence that has a bracket of its own."""
    found = claims.of.get(id(node), [])
    sentences = [claim for claim in found if claim.text is not None]
    base = _base(node, claims, headings)
    if len(sentences) < 2:
        yield _filled(base, [value for claim in found for value in claim.fields])
        return
    shared = [value for claim in found if claim.text is None for value in claim.fields]
    for index, claim in enumerate(sentences):
        part = _filled(replace(base, text=claim.text or base.text, item="", extra=()), [*claim.fields, *shared])
        yield replace(part, part=chr(ord("a") + index) if index < 26 else f"z{index}")


def _base(node: Node, claims: Claims, headings: list[str]) -> Item:
    mark = node.mark
    assert mark is not None  # noqa: S101 - only numbered nodes become items
    texts = claims.texts.get(id(node), [])
    own = [Field(_own_text(paragraph, claims), (paragraph.atom.id,), How.LABEL) for paragraph in node.paragraphs]
    measures = [
        Field(paragraph.text, (paragraph.atom.id,), How.LABEL)
        for child in node.children
        if not claims.has(child) and not claims.below(child)
        for deeper in child.walk()
        for paragraph in deeper.paragraphs
    ]
    parts = [part for part in [*own, *texts] if part.text.strip()]
    main = parts[:1] if len(texts) < 2 or mark.printed else texts[-1:]
    body = [*main, *(part for part in parts if part not in main and part not in texts), *measures]
    text = Field(
        "\n".join(part.text for part in body), tuple(dict.fromkeys(a for part in body for a in part.atoms)), How.LABEL
    )
    above = node.above()
    name = texts[0].text if len(texts) > 1 else (parts[0].text.strip().rstrip("。；;") if measures and parts else "")
    return Item(
        text=text,
        fields={},
        printed=str(mark.number) if mark.number else "",
        number=mark.number or None,
        item=name,
        headings=tuple(_name(each) for each in above),
        heading_number=_heading_number(above, headings),
        list_number=node.list_number,
        list_title=node.list_title,
        extra=tuple(
            dict.fromkeys(
                [
                    *claims.extra.get(id(node), []),
                    *(each.atom.id for each in node.paragraphs),
                    *(a for part in texts for a in part.atoms),
                ]
            )
        ),
        roles=frozenset(claims.labels.values()),
    )


def _heading_number(above: list[Node], headings: list[str]) -> int:
    if not above:
        return 0
    key = _key(above[-1])
    return headings.index(key) + 1 if key in headings else 0


def _own_text(paragraph: Paragraph, claims: Claims) -> str:
    """A paragraph of an item without its number and without the brackets that name units."""
    text = paragraph.mark.rest if paragraph.mark is not None else paragraph.text
    for bracket in reversed(brackets_in(text, bare=claims.unnamed)):
        text = text[: bracket.start] + text[bracket.stop :]
    return text.strip()


def _filled(item: Item, values: list[tuple[Role, Field]]) -> Item:
    for role, value in values:
        if role in _KEPT and value.text.strip():
            item = item.with_field(role, value, by="\n")
        item = replace(item, extra=tuple(dict.fromkeys((*item.extra, *value.atoms))))
    return item
