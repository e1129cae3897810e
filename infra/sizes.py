"""Measures what infra/package packed: sizes, time from process start to the first poll for work, peak memory until then.

infra/python infra/sizes.py dist [--starts 20]

Prints a Markdown table. The page cache is warm; the poll goes to a Lambda Runtime API on loopback; no emulator takes part.
"""

import argparse
import http.server
import pathlib
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import zipfile

PATIENCE_SECONDS = 60
# Those that we promise; AWS counts in MiB, and infra/package refuses what is beyond that.
LIMIT_ZIPPED, LIMIT_UNPACKED = 50_000_000, 250_000_000


class RuntimeApi(http.server.BaseHTTPRequestHandler):
    """Notes when it is polled, and has no work to give."""

    polled = None

    def do_GET(self):
        type(self).polled = time.perf_counter()
        self.server.polls.set()
        self.server.ended.wait()

    def log_message(self, *_):
        pass


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("zips", type=pathlib.Path)
    parser.add_argument("--starts", type=int, default=20)
    arguments = parser.parse_args()
    print("| function | zip | unpacked | start to first poll, median (least, most) | peak memory |")
    print("|---|---|---|---|---|")
    within = True
    for path in sorted(arguments.zips.glob("*.zip")):
        with zipfile.ZipFile(path) as archive, tempfile.TemporaryDirectory() as folder:
            unpacked = sum(entry.file_size for entry in archive.infolist())
            archive.extractall(folder)
            bootstrap = pathlib.Path(folder) / "bootstrap"
            bootstrap.chmod(0o755)
            # The first one warms the page cache.
            starts = [start(path.stem, folder) for _ in range(arguments.starts + 1)][1:]
        zipped = path.stat().st_size
        within &= zipped <= LIMIT_ZIPPED and unpacked <= LIMIT_UNPACKED
        times = [1000 * seconds for seconds, _ in starts]
        memory = max(peak for _, peak in starts)
        print(
            f"| {path.stem} | {zipped / 1e6:.1f} MB | {unpacked / 1e6:.1f} MB | {statistics.median(times):.0f} ms "
            f"({min(times):.0f}, {max(times):.0f}) | {memory / 1024:.0f} MiB |"
        )
    if not within:
        sys.exit(f"a zip is over {LIMIT_ZIPPED / 1e6:.0f} MB, or over {LIMIT_UNPACKED / 1e6:.0f} MB unpacked")


def start(name, folder):
    """Seconds until the first poll, and peak resident memory in KiB."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), RuntimeApi)
    server.daemon_threads = True
    server.polls, server.ended = threading.Event(), threading.Event()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    environment = {
        "AWS_LAMBDA_RUNTIME_API": f"127.0.0.1:{server.server_address[1]}",
        "AWS_LAMBDA_FUNCTION_NAME": name,
        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": "1769",
        "AWS_LAMBDA_FUNCTION_VERSION": "$LATEST",
        "LAMBDA_TASK_ROOT": folder,
        "C360_PROJECT": "project",
        "C360_LAKE": "s3://lake/lake",
        "C360_LANDING": "s3://landing/in",
        "C360_EXTRACTS": "s3://extracts",
        "AWS_REGION": "us-east-1",
        "AWS_ACCESS_KEY_ID": "none",
        "AWS_SECRET_ACCESS_KEY": "none",
    }
    begun = time.perf_counter()
    process = subprocess.Popen(["./bootstrap"], cwd=folder, env=environment, stdout=subprocess.PIPE)
    try:
        if not server.polls.wait(PATIENCE_SECONDS):
            process.kill()
            sys.exit(f"{name} does not poll:\n{process.communicate()[0].decode(errors='replace')}")
        status = pathlib.Path(f"/proc/{process.pid}/status").read_text()
        peak = int(next(line for line in status.splitlines() if line.startswith("VmHWM")).split()[1])
        return RuntimeApi.polled - begun, peak
    finally:
        process.kill()
        process.communicate()
        server.ended.set()
        server.shutdown()
        server.server_close()


if __name__ == "__main__":
    main()
