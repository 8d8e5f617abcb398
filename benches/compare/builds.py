"""The ways to build an archive: all of it, again, and after changes."""

from measure import fresh


def with_search(archive, wanted):
    settings = archive / "site.toml"
    other = "false" if wanted else "true"
    this = "true" if wanted else "false"
    settings.write_text(settings.read_text().replace(f"enabled = {other}", f"enabled = {this}"))


def builds(briefbook, archive, out, take):
    """Yields the name of each way to build, with what `take` made of running its command."""
    build = [briefbook, "build", "--root", archive, "--out", out]
    footer = archive / "themes" / "default" / "templates" / "parts" / "footer.html"
    fresh(archive / "themes")
    fresh(archive / ".briefbook")
    fresh(out)
    with_search(archive, False)
    yield "full build without search", take(build)
    with_search(archive, True)
    fresh(archive / ".briefbook")
    fresh(out)
    yield "full build with search", take(build)
    # Once more, so that files are old enough to be known by their time of change.
    take(build)
    yield "nothing changed", take(build)
    article = next(archive.glob("content/briefings/*/*.md"))
    article.write_text(article.read_text() + "\nOne sentence more.\n")
    yield "one article changed", take(build)
    footer.parent.mkdir(parents=True, exist_ok=True)
    footer.write_text("<footer>Another one</footer>\n")
    yield "theme changed", take(build)


def search_takes(usages):
    """What a full build with search takes more than one without, in words."""
    without, whole = (usages[f"full build {how} search"] for how in ("without", "with"))
    time, memory = whole.user - without.user, whole.memory - without.memory
    return f"Search takes {time:.2f} s of user CPU and {memory:+.0f} MB of the full build."
