"""Files that a command looks at, reads, creates, renames and removes, as strace sees them."""

import os
import re
import shutil
import subprocess
import sys
from collections import Counter as Tally
from pathlib import Path

from measure import fresh

CALLS = (
    "open,openat,creat,rename,renameat,renameat2,link,linkat,unlink,unlinkat,rmdir,mkdir,mkdirat,"
    "stat,lstat,newfstatat,statx,access,faccessat,faccessat2,readlink,readlinkat"
)
# A call that went well, with its arguments.
CALL = re.compile(r"^(\w+)\((.*)\)\s+= (?:0|\d+<)")
# A folder that is open, or the one where the program runs; a path.
PART = re.compile(r'(?:AT_FDCWD|\d+)<([^>]*)>|"((?:[^"\\]|\\.)*)"')


class Counter:
    """Counts for one archive and its output folder."""

    HEADS = (
        "files",
        "in the archive",
        "read there",
        "read in the cache",
        "read in the site",
        "looked at",
        "changed in the site",
        "changed in the cache",
        "created",
        "renamed",
        "removed",
        "folders made",
    )
    LEGEND = (
        "In the archive: content, themes and settings, which a build without a cache has to read. "
        "Changed: files that are other ones after the build, or new, or gone: these had to be "
        "created or removed. Created: opened to be written. Looked at: any question for a file's "
        "size, time or kind that had an answer."
    )

    def __init__(self, work, archive, out):
        self.archive, self.out = archive, out
        self.cache = archive / ".briefbook"
        self.traces = work / "traces"
        self.work = work

    @classmethod
    def of(cls, work, archive, out):
        """`None` where there is no strace."""
        return cls(work, archive, out) if shutil.which("strace") else None

    def count(self, command):
        """Runs a command; what stands below the heads."""
        os.makedirs(fresh(self.traces))
        before = self.files(self.out), self.files(self.cache)
        here = sum(1 for path in self.files(self.archive) if self.place(path) == "archive")
        # A trace for each thread: calls are never torn apart.
        trace = ["strace", "-ff", "-qq", "-y", "-s", "0", "-e", "signal=none", "-o"]
        trace += [self.traces / "trace", "-e", f"trace={CALLS}"]
        ran = subprocess.run([*trace, *command], stdout=subprocess.DEVNULL, cwd=self.work)
        if ran.returncode != 0:
            sys.exit(f"failed: {' '.join(map(str, command))}")
        tally = Tally()
        for path in self.traces.iterdir():
            with path.open(errors="replace") as trace:
                tally.update(what for line in trace for what in self.seen(line))
        fresh(self.traces)
        after = self.files(self.out), self.files(self.cache)
        changed = [
            sum(1 for path in old.keys() | new.keys() if old.get(path) != new.get(path))
            for old, new in zip(before, after)
        ]
        read = [tally["read", place] for place in ("archive", "cache", "site")]
        made = [tally[what] for what in ("created", "renamed", "removed", "folder")]
        return [f"{n:,}" for n in (here, *read, tally["looked at"], *changed, *made)]

    def files(self, folder):
        """Every file there, with what tells whether it is another one later."""
        found = {}
        for path in folder.rglob("*"):
            there = path.lstat()
            if not path.is_dir():
                found[str(path)] = (there.st_size, there.st_mtime_ns, there.st_ino)
        return found

    def place(self, path):
        """Which of the folders a path is in; `None` for what is none of the archive's."""
        places = {"cache": self.cache, "archive": self.archive, "site": self.out}
        for name, folder in places.items():
            if path == str(folder) or path.startswith(f"{folder}/"):
                return name
        # The folder that a site is made in.
        return "stage" if path.startswith(f"{self.work}/") else None

    def seen(self, line):
        """What one line of a trace adds to the tally."""
        match = CALL.match(line)
        if match is None:
            return
        call, arguments = match.groups()
        place = self.place(whole_path(arguments, self.work))
        if place is None:
            return
        if call in ("open", "openat", "creat"):
            if "O_CREAT" in arguments or call == "creat":
                yield "created"
            elif "O_DIRECTORY" not in arguments:
                yield "read", place
        elif call.startswith(("rename", "link")):
            yield "renamed"
        elif call.startswith("unlink") and "AT_REMOVEDIR" not in arguments:
            yield "removed"
        elif call.startswith("mkdir"):
            yield "folder"
        elif "AT_EMPTY_PATH" in arguments:
            # Of a file that is open already: nothing is looked up.
            return
        elif call.endswith(("stat", "statat", "statx")) or "access" in call:
            yield "looked at"


def whole_path(arguments, work):
    """The first path among a call's arguments, from the root on."""
    path = Path(work)
    for folder, name in PART.findall(arguments):
        path /= folder or name
        if name:
            break
    return str(path)
