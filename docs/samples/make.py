"""`make samples`: small pictures of the published 2024Q4 reports for the README.

PDF pages by pypdfium2; the HTML by headless Chromium where it is installed, else the old picture stays.
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pypdfium2

HERE = Path(__file__).resolve().parent
REPORTS = HERE.parents[1] / "reports" / "yuechi-2024" / "2024Q4"
PAGES = {"county-page-1.png": "county.pdf", "unit-page-1.png": "unit-public-security.pdf"}
SCALE = 1.15
CHROMIUM_OPTIONS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
)


def main() -> int:
    """Write the pictures; 4 when the reports are not there yet."""
    if not (REPORTS / "county.pdf").is_file():
        print("请先运行make report。", file=sys.stderr)
        return 4
    for name, source in PAGES.items():
        with pypdfium2.PdfDocument(REPORTS / source) as document:
            picture = document[0].render(scale=SCALE, grayscale=False).to_pil()
            picture.quantize(64).save(HERE / name, optimize=True)
    chromium = shutil.which("chromium")
    if chromium is None:
        print("没有Chromium，网页样图未更新。", file=sys.stderr)
        return 0
    with tempfile.TemporaryDirectory() as profile:
        screenshot = Path(profile) / "page.png"
        address = (REPORTS / "county.html").as_uri()
        options = (*CHROMIUM_OPTIONS, f"--user-data-dir={profile}", "--window-size=1100,1400")
        subprocess.run([chromium, *options, f"--screenshot={screenshot}", address], check=True, capture_output=True)
        from PIL import Image

        with Image.open(screenshot) as picture:
            smaller = picture.convert("RGB").resize((picture.width * 2 // 3, picture.height * 2 // 3))
            smaller.quantize(64).save(HERE / "county-html.png", optimize=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
