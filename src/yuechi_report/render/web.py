"""What every HTML page shares: templates with escaping on, one style sheet, a policy that forbids the rest."""

import re
from base64 import b64encode
from functools import cache
from hashlib import sha256
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

FOLDER = Path(__file__).parent / "templates"
_TURNING = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_CSS_UNSAFE = re.compile(r"[\x00-\x1f\x21-\x2f\x3a-\x40\x5b-\x60\x7b-\x7f]")


@cache
def environment() -> Environment:
    """Jinja with autoescape; an undefined name is an error, and no text turns the reading direction."""
    result = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_finalized,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    result.filters["lines"] = _lines
    return result


def style_sheet(extra: str = "") -> Markup:
    """The suite's style and one page's additions, as they stand between the style tags."""
    sheet = (FOLDER / "page.css").read_text(encoding="utf-8")
    return Markup(sheet + extra)  # noqa: S704 # our own file; strings in `extra` have passed css_string


def security_policy(style: str) -> str:
    """The Content-Security-Policy: this style by its hash, pictures inside the page, nothing else."""
    digest = b64encode(sha256(style.encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none'; form-action 'none'"


def css_string(text: str) -> str:
    """A CSS string of any text; signs that mean something to CSS or HTML are written as code points."""
    return '"' + _CSS_UNSAFE.sub(lambda found: f"\\{ord(found[0]):06x}", visible(text)) + '"'


def visible(text: str) -> str:
    """Characters that would turn the reading direction, printed as 〔U+202E〕."""
    return _TURNING.sub(lambda found: f"〔U+{ord(found[0]):04X}〕", text)


def _finalized(value: object) -> object:
    return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _lines(text: str) -> Markup:
    """Escaped text with its line ends kept."""
    return Markup("<br>").join(escape(line) for line in visible(text).split("\n"))
