"""How long `serve` takes until it shows the front page."""

import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

# In the title of every page but the one that asks for patience.
TITLE = b"A synthetic archive"


def first_page(briefbook, archive):
    """Seconds from its start until the front page is there."""
    with socket.socket() as some:
        some.bind(("127.0.0.1", 0))
        port = some.getsockname()[1]
    begun = time.monotonic()
    server = subprocess.Popen(
        [briefbook, "serve", "--root", archive, "--port", str(port)], stdout=subprocess.DEVNULL
    )
    try:
        while not shows(f"http://127.0.0.1:{port}/"):
            if server.poll() is not None:
                sys.exit("failed: serve ended by itself")
            time.sleep(0.01)
        taken = time.monotonic() - begun
        # What the next run begins with is written after the first page is shown.
        settled(archive)
    finally:
        server.kill()
        server.wait()
    return taken


def shows(address):
    try:
        with urllib.request.urlopen(address, timeout=600) as answer:
            return answer.status == 200 and TITLE in answer.read()
    except (urllib.error.URLError, ConnectionError):
        return False


def settled(archive):
    """Waits until the cache has stayed as it is for a second."""
    before = None
    while before != (now := sorted((archive / ".briefbook").rglob("*"))):
        before = now
        time.sleep(1)
