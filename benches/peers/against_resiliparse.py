"""Tamis beside resiliparse's main content extraction, over the same pages, on one thread.

    pip install -r requirements.txt
    cargo build --release
    python against_resiliparse.py FOLDER [EVERY] [ROUNDS]   # .html files

Every page is given to both in turn, beginning with the other one each time, before the next page: whatever else the machine
does, it does to both. Times are of the processor, not of the clock; each tool measures its own call.
"""

import pathlib
import statistics
import subprocess
import sys
import time

from resiliparse.extract.html2text import extract_plain_text

PEERS = pathlib.Path(__file__).parent / "target" / "release" / "peers"


def main():
    folder = pathlib.Path(sys.argv[1])
    every = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    rounds = int(sys.argv[3]) if len(sys.argv) > 3 else 5
    paths = sorted(folder.glob("*.html"))[::every]
    pages = [path.read_bytes().decode(errors="replace") for path in paths]
    tamis = subprocess.Popen([PEERS, "serve"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1)

    def time_tamis(path, _):
        tamis.stdin.write(f"{path}\n")
        return float(tamis.stdout.readline())

    def time_resiliparse(_, page):
        start = time.thread_time()
        extract_plain_text(page, main_content=True)
        return time.thread_time() - start

    tools = [("tamis", time_tamis), ("resiliparse", time_resiliparse)]
    for _, run in tools:
        run(paths[0], pages[0])
    seconds = {name: [0.0] * rounds for name, _ in tools}
    slowest = {name: (0.0, "") for name, _ in tools}
    for number in range(rounds):
        for turn, (path, page) in enumerate(zip(paths, pages)):
            for name, run in tools if (turn + number) % 2 else reversed(tools):
                took = run(path, page)
                seconds[name][number] += took
                slowest[name] = max(slowest[name], (took, path.name))
    tamis.stdin.close()
    megabytes = sum(len(page.encode()) for page in pages) / 1e6
    print(f"{len(pages)} pages, {megabytes:.1f} MB, {rounds} rounds")
    for name, _ in tools:
        ratios = [own / of_tamis for own, of_tamis in zip(seconds[name], seconds["tamis"])]
        took = statistics.median(seconds[name])
        print(
            f"{name:<12} {megabytes / took:7.1f} MB/s {len(pages) / took:8.0f} pages/s"
            f"   time, tamis = 1: {statistics.median(ratios):.2f} ({min(ratios):.2f} to {max(ratios):.2f})"
            f"   slowest page {slowest[name][0] * 1e3:.0f} ms {slowest[name][1]}"
        )


if __name__ == "__main__":
    main()
