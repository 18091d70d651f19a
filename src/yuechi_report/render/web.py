"""What every HTML page shares: templates with escaping on, one style sheet, a policy that forbids the rest."""

import re
from base64 import b64encode
from functools import cache
from hashlib import sha256
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from yuechi_report.page.labels import date_label
from yuechi_report.page.text import UNSEEN, printable

FOLDER = Path(__file__).parent / "templates"
_CSS_UNSAFE = re.compile(r"[\x00-\x1f\x21-\x2f\x3a-\x40\x5b-\x60\x7b-\x7f]")


@cache
def environment() -> Environment:
    """Jinja with autoescape; an undefined name is an error, and no text holds what is not seen."""
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
    result.filters["day"] = date_label
    return result


def rendered(template: str, **values: object) -> str:
    """The text of a template filled with these values."""
    return environment().get_template(template).render(**values)


def style_sheet(extra: str = "") -> Markup:
    """The suite's style and one page's additions, as they are put between the style tags."""
    sheet = _sign_face() + (FOLDER / "page.css").read_text(encoding="utf-8")
    return Markup(sheet + extra)  # noqa: S704 # our own files; strings in `extra` have passed css_string


SIGNS = "×○●◐△〈〉"
"""Signs that common fallback fonts draw blank, tiny or not at all; templates/signs.woff holds them."""


@cache
def _sign_face() -> str:
    """The signs' own font inside the page, cut from Noto Serif SC; it is used for these characters only."""
    font = b64encode((FOLDER / "signs.woff").read_bytes()).decode()
    places = ",".join(f"U+{ord(sign):04X}" for sign in SIGNS)
    source = f"url(data:font/woff;base64,{font})"
    return f'@font-face {{ font-family: "Signs"; src: {source}; unicode-range: {places}; }}\n'


def filter_script() -> Markup:
    """The few lines that filter a list of reports, as they are put between the script tags."""
    return Markup((FOLDER / "filter.js").read_text(encoding="utf-8"))  # noqa: S704 # our own file


def security_policy(style: str, script: str = "") -> str:
    """The Content-Security-Policy: this style and script by hash, font and pictures inside the page, no more."""
    scripts = f"script-src {_hash_of(script)}; " if script else ""
    rest = "font-src data:; img-src data:; base-uri 'none'; form-action 'none'"
    return f"default-src 'none'; {scripts}style-src {_hash_of(style)}; {rest}"


def _hash_of(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def css_string(text: str) -> str:
    """A CSS string of any text; signs that mean something to CSS or HTML are written as code points."""
    return '"' + _CSS_UNSAFE.sub(lambda found: f"\\{ord(found[0]):06x}", printable(text, UNSEEN)) + '"'


def _finalized(value: object) -> object:
    return printable(value, UNSEEN) if isinstance(value, str) and not isinstance(value, Markup) else value


def _lines(text: str) -> Markup:
    """Escaped text with its line ends kept."""
    return Markup("<br>").join(escape(line) for line in printable(text, UNSEEN).split("\n"))
