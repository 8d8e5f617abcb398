"""A synthetic archive as Hugo wants it."""

import re
import shutil


def hugo_site(layout, archive, site):
    """The same articles and terms; links by name become links by address."""
    shutil.copytree(layout, site)
    addresses = {}
    for path in archive.glob("content/briefings/*/*.md"):
        year, month = re.search(r"^date = (\d+)-(\d+)", path.read_text(), re.M).groups()
        addresses[path.stem] = f"/{year}/{month}/{path.stem}/"
    link = re.compile(r"\[\[([^\]]+)\]\]")
    for path in archive.glob("content/**/*.md"):
        text = link.sub(lambda m: f"[{m[1]}]({addresses[m[1]]})", path.read_text())
        text = text.replace("series = \"weekly\"", "series = [\"weekly\"]")
        where = path.relative_to(archive)
        if where.parts[1] != "briefings":
            # A term's own page.
            where = where.with_suffix("") / "_index.md"
        to = site / where
        to.parent.mkdir(parents=True, exist_ok=True)
        to.write_text(text)
