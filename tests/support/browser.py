"""Headless Chromium for tests: one page in, its document after loading out."""

import shutil
import subprocess
from pathlib import Path

from yuechi_report.page.fonts import font_folder

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
MISSING = "no Chromium on this machine (chromium, chromium-browser, google-chrome)"
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--hide-scrollbars",
)  # fmt: skip


def document_after_loading(page: Path, *more: str, timeout_s: int = 120) -> str:
    """The document's HTML once its scripts have run; only our fonts exist, nothing of the caller's profile."""
    folder = page.parent
    fonts = f"<dir>{font_folder()}</dir><cachedir>{folder}/cache</cachedir>"
    (folder / "fonts.conf").write_text(f'<?xml version="1.0"?><fontconfig>{fonts}</fontconfig>')
    run = subprocess.run(
        [CHROMIUM or "", *FLAGS, f"--user-data-dir={folder}/profile", *more, "--dump-dom", page.as_uri()],
        capture_output=True, text=True, check=True, timeout=timeout_s,
        env={"PATH": "/usr/bin:/bin", "HOME": str(folder), "FONTCONFIG_FILE": str(folder / "fonts.conf")},
    )  # fmt: skip
    return run.stdout
