"""Starts and stops a local AWS (MiniStack) on loopback: over TLS, with every role enforced.

infra/python localstack/emulator.py start FOLDER [--port 4566]     # port 0: a free one
infra/python localstack/emulator.py stop FOLDER

FOLDER holds all it writes: `environment` (what a client needs, for `. FOLDER/environment`), `log`, `pid`.
"""

import argparse
import os
import pathlib
import shlex
import signal
import socket
import ssl
import subprocess
import sys
import time
import urllib.request

PATIENCE_SECONDS = 60
# A free port may be taken by another before the emulator has it.
PORTS = 5


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("verb", choices=["start", "stop"])
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--port", type=int, default=4566)
    arguments = parser.parse_args()
    folder = arguments.folder.absolute()
    if arguments.verb == "start":
        start(folder, arguments.port)
    else:
        stop(folder)


def start(folder, port):
    if (folder / "pid").exists():
        sys.exit(f"{folder}/pid exists: one is running, or ended on its own; stop it first")
    folder.mkdir(parents=True, exist_ok=True)
    for candidate in [port] if port else (free_port() for _ in range(PORTS)):
        failed = serve(folder, candidate)
        if not failed:
            return
    sys.exit(f"the emulator {failed}; its log:\n{(folder / 'log').read_text()[-2000:]}")


def serve(folder, port):
    """Starts it on a port. Returns what went wrong, if anything did."""
    endpoint = f"https://127.0.0.1:{port}"
    certificate = str(folder / "ministack-tls" / "server.crt")
    client = {
        "AWS_ENDPOINT_URL": endpoint,
        "AWS_REGION": "us-east-1",
        "AWS_DEFAULT_REGION": "us-east-1",
        # The account's root, to MiniStack.
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        # Its certificate signs itself: the first is read by boto3 and the AWS CLI, the second by Rust.
        "AWS_CA_BUNDLE": certificate,
        "SSL_CERT_FILE": certificate,
    }
    # Functions inherit the emulator's environment: nothing of the caller's own AWS may be in it.
    server = {
        **client,
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        "TMPDIR": str(folder),
        "AUTH": "true",
        "USE_SSL": "1",
        "BIND_HOST": "127.0.0.1",
        "MINISTACK_HOST": "127.0.0.1",
        "GATEWAY_PORT": str(port),
        # It would listen on every interface.
        "IOT_MTLS_ENABLED": "0",
    }
    program = pathlib.Path(sys.executable).parent / "ministack"
    with open(folder / "log", "wb") as log:
        process = subprocess.Popen(
            [program], cwd=folder, env=server, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True
        )
    (folder / "pid").write_text(f"{process.pid}\n")
    failed = wait_for(endpoint, process, certificate)
    if failed:
        return failed
    lines = [f"export {name}={shlex.quote(value)}\n" for name, value in client.items()]
    (folder / "environment").write_text("".join(lines))
    print(endpoint)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(endpoint, process, certificate):
    for _ in range(PATIENCE_SECONDS * 10):
        if process.poll() is not None:
            return f"ended with {process.returncode}"
        try:
            # By its own certificate: another emulator may have taken the port.
            context = ssl.create_default_context(cafile=certificate)
            context.check_hostname = False
            with urllib.request.urlopen(f"{endpoint}/_ministack/health", context=context, timeout=5):
                return None
        except OSError:
            time.sleep(0.1)
    process.kill()
    return "does not answer"


def stop(folder):
    try:
        pid = int((folder / "pid").read_text())
    except FileNotFoundError:
        sys.exit(f"{folder}/pid is missing: none was started there")
    try:
        # It leads a process group, so that the functions it started end with it.
        if os.getpgid(pid) == pid:
            os.killpg(pid, signal.SIGTERM)
            for _ in range(50):
                os.killpg(pid, 0)
                time.sleep(0.1)
            os.killpg(pid, signal.SIGKILL)
    except ProcessLookupError:
        pass
    (folder / "pid").unlink()


if __name__ == "__main__":
    main()
