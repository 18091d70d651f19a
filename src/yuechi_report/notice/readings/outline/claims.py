"""One pass over the paragraphs: the outline, and what labels and brackets claim of its nodes."""

from dataclasses import dataclass, field, replace

from yuechi_report.notice.document import Atom
from yuechi_report.notice.readings.item import How, ItemField
from yuechi_report.notice.readings.marks import Mark, MarkStyle, mark_of
from yuechi_report.notice.readings.outline.brackets import Bracket, brackets_in, names_of
from yuechi_report.notice.readings.outline.tree import Node, Outliner, Piece, closes_list, named_depth, opens_list
from yuechi_report.notice.readings.places import is_annex, is_note
from yuechi_report.notice.readings.responsibility import Label, labelled_values, labels_in
from yuechi_report.notice.unit_text import unfinished
from yuechi_report.notice.vocabulary import UNIT_ROLES, ColumnRole

_GOES_ON = UNIT_ROLES | {ColumnRole.LEADER, ColumnRole.DEADLINE, ColumnRole.GOAL, ColumnRole.MEASURE, ColumnRole.TEXT}


@dataclass(slots=True)
class Claim:
    """Who is responsible, as one place of the text says it; `text` is the sentence it closes, if in one."""

    fields: list[tuple[ColumnRole, ItemField]]
    own_line: bool
    text: ItemField | None = None


@dataclass(slots=True)
class Claims:
    """What was found under each node: claims, texts of labels, words of labels used."""

    of: dict[int, list[Claim]] = field(default_factory=dict)
    texts: dict[int, list[ItemField]] = field(default_factory=dict)
    words: dict[int, set[str]] = field(default_factory=dict)
    extra: dict[int, list[int]] = field(default_factory=dict)
    labels: dict[str, ColumnRole] = field(default_factory=dict)
    brackets: int = 0
    statuses: int = 0
    bare: bool = False  # read by what names units without a label or a bracket that says who leads
    proper: bool = False  # a label or a bracket was found that says who is responsible
    unnamed: bool = False  # a bracket held names only

    def has(self, node: Node) -> bool:
        """Whether a node says who is responsible."""
        return bool(self.of.get(id(node)))

    def below(self, node: Node) -> bool:
        """Whether anything under a node does."""
        return any(self.has(deeper) for child in node.children for deeper in child.walk())


class ClaimReader:
    """One pass: outline, labels and brackets; what it found is in `outline` and `claims`."""

    def __init__(self, paragraphs: list[Piece], *, bare: bool) -> None:
        self.outline, self.claims = Outliner(), Claims(bare=bare)
        self.notes: list[int] = []
        self._label: tuple[Node, Claim, ColumnRole] | None = None
        self._cut = False  # the last label's line ends in a separator: its value goes on
        self.outline.named_at(named_depth(paragraphs))
        for paragraph in paragraphs:
            self._take(paragraph)

    def _take(self, paragraph: Piece) -> None:
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

    def _goes_on(self, paragraph: Piece) -> bool:
        """A line after a label whose value was not finished belongs to it."""
        _, claim, role = self._label  # type: ignore[misc]
        value = next((each for there, each in reversed(claim.fields) if there is role), None)
        if value is None or (value.text.strip() and not self._cut) or brackets_in(paragraph.text):
            return False
        index = max(index for index, (there, _) in enumerate(claim.fields) if there is role)
        claim.fields[index] = (role, value.joined(ItemField(paragraph.text, (paragraph.atom.id,), How.LABEL)))
        self._cut = unfinished(paragraph.text)
        return True

    def _labelled(self, paragraph: Piece, labels: tuple[Label, ...]) -> None:
        """A line with labels: what stands before the first is text, the rest goes to the open item."""
        before = paragraph.text[: labels[0].start].strip().rstrip("—-*（(").strip()
        mark = paragraph.mark
        labelled = mark is not None and mark.rest.startswith(labels[0].word)
        if mark is not None and labelled and before:
            self.outline.add(Piece(paragraph.atom, "", replace(mark, rest="")))
        elif before:
            self.outline.add(Piece(paragraph.atom, before, mark_of(before)))
        self._cut = unfinished(paragraph.text)
        values = labelled_values(paragraph.text, labels)
        for label, (role, value) in zip(labels, values, strict=True):
            self._value(label, role, value, paragraph.atom)

    def _value(self, label: Label, role: ColumnRole, value: str, atom: Atom) -> None:
        self.claims.labels.setdefault(label.word, role)
        if role is ColumnRole.TEXT:
            self._text_label(label, value, atom)
            return
        node = self.outline.node
        if node is None:
            return
        self.claims.extra.setdefault(id(node), []).append(atom.id)
        self.claims.statuses += role is ColumnRole.STATUS and bool(value)
        self.outline.measures = role is ColumnRole.MEASURE
        self.claims.proper = self.claims.proper or role in UNIT_ROLES
        claims = self.claims.of.setdefault(id(node), []) if role in UNIT_ROLES else self.claims.of.get(id(node), [])
        pending = self._pending(node)
        claim = claims[-1] if claims else pending
        if role in UNIT_ROLES and not claims:
            claims.append(claim)
        claim.fields.append((role, ItemField(value, (atom.id,), How.LABEL)))
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
            node = self.outline.add(Piece(atom, "", Mark(MarkStyle.NAMED, 0, "", "")))
        self.claims.words.setdefault(id(node), set()).add(label.word)
        self.claims.texts.setdefault(id(node), []).append(ItemField(value, (atom.id,), How.LABEL))
        self.outline.measures = False
        self._label = None

    def _bracketed(self, node: Node, paragraph: Piece) -> None:
        text = paragraph.text
        brackets = brackets_in(text, bare=self.claims.bare)
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
            self._claim(node, bracket, paragraph, ItemField(sentence, (paragraph.atom.id,), How.BRACKET))
            begin = bracket.stop

    def _claim(self, node: Node, bracket: Bracket, paragraph: Piece, text: ItemField | None) -> None:
        parts = bracket.parts or ((ColumnRole.RESPONSIBLE, names_of(paragraph.text, bracket)),)
        self.claims.unnamed = self.claims.unnamed or bracket.bare
        self.claims.proper = self.claims.proper or (not bracket.bare and bracket.enclosed)
        fields = [(role, ItemField(value, (paragraph.atom.id,), How.BRACKET)) for role, value in parts]
        self.claims.of.setdefault(id(node), []).append(Claim(fields, text is None, text))
        self.claims.brackets += 1
