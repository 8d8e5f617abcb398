"""How much of an article's page is the same on every article's page."""

import re
import tomllib
from itertools import islice
from statistics import median

# How many pages are held against each other.
PAGES = 12


def shared_part(archive, out):
    """In words: the size of an article's page, and of what all of them share.

    Shared are the tags and texts that stand in the same order on all the pages looked at, with
    anything in between: their longest common subsequence. The article's text and the cards that
    lead to others are left out first, because every page has paragraphs; then its record too, whose
    labels (Topics, People, Cite this article) stand on every page as well.
    """
    pages = [page.read_bytes().decode() for page in islice(articles(archive, out), PAGES)]
    whole = median(len(page.encode()) for page in pages)
    own = [("div", "body"), ("div", "cards")]
    with_labels, frame = (
        shared_bytes([list(without(left_out, chunks(page))) for page in pages])
        for left_out in (own, [*own, ("footer", "record")])
    )
    return (
        f"An article's page has {whole:,.0f} bytes (median of {len(pages)}); "
        f"{frame:,} of them are the frame of every article, {with_labels:,} with the labels of its "
        "topics, dates and citations."
    )


def shared_bytes(pages):
    """The size of what is on all pages, which are lists of chunks."""
    shared, *others = pages
    for page in others:
        shared = longest_common(shared, page)
    return sum(len(chunk.encode()) for chunk in shared)


def articles(archive, out):
    """Pages of articles, every hundredth or so: of many years."""
    paths = sorted(archive.glob("content/briefings/*/*.md"))
    for path in paths[:: max(1, len(paths) // PAGES)]:
        front = tomllib.loads(path.read_text().split("+++")[1])
        if front["language"] == "en":
            yield out / f"{front['date']:%Y/%m}" / path.stem / "index.html"


def chunks(page):
    """A page cut before and after each tag."""
    return [chunk for chunk in re.split(r"(<[^>]*>)", page) if chunk]


def without(left_out, page):
    """The chunks of a page, but for elements of these names and classes."""
    depth, name = 0, None
    for chunk in page:
        if depth == 0:
            name = next((n for n, c in left_out if chunk == f'<{n} class="{c}">'), None)
            if name is None:
                yield chunk
            else:
                depth = 1
        elif re.match(rf"<{name}\b", chunk):
            depth += 1
        elif chunk == f"</{name}>":
            depth -= 1


def longest_common(one, other):
    """The longest common subsequence of two lists."""
    lengths = [[0] * (len(other) + 1) for _ in range(len(one) + 1)]
    for i, left in enumerate(reversed(one), 1):
        row, above = lengths[i], lengths[i - 1]
        for j, right in enumerate(reversed(other), 1):
            row[j] = above[j - 1] + 1 if left == right else max(above[j], row[j - 1])
    common, i, j = [], len(one), len(other)
    while i and j:
        if one[-i] == other[-j]:
            common.append(one[-i])
            i, j = i - 1, j - 1
        elif lengths[i - 1][j] >= lengths[i][j - 1]:
            i -= 1
        else:
            j -= 1
    return common
