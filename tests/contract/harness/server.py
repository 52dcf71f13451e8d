# SPDX-FileCopyrightText: 2026 The Tertulia authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A Tertulia process of its own, on a free port and a directory of its own."""

import os
import re
import selectors
import shutil
import signal
import subprocess
import tempfile
import time

START_SECONDS = 20
STOP_SECONDS = 5  # the contract's
READY = re.compile(r"^Tertulia is ready at (https?)://([^/\s]+):(\d+)/?$")


def binary():
    path = os.environ.get("TERTULIA_BINARY")
    if not path or not os.access(path, os.X_OK):
        raise RuntimeError("TERTULIA_BINARY must name the program to test")
    return path


def environment():
    """No display and no platform plugin, so that a headless server that wants one fails here."""
    kept = {key: value for key, value in os.environ.items() if key not in ("DISPLAY", "WAYLAND_DISPLAY")}
    kept["QT_QPA_PLATFORM"] = "there-is-no-such-plugin"
    kept["LC_ALL"] = "C.UTF-8"
    return kept


def run(*arguments, timeout=30, text_in=None):
    """Runs the program to its end: a subcommand, or a start that is to fail."""
    return subprocess.run([binary(), *map(str, arguments)], capture_output=True, text=True, timeout=timeout,
                          env=environment(), input=text_in if text_in is not None else "", check=False)


class Server:
    def __init__(self, settings=None, options=(), data=None, port=0):
        self.settings = dict(settings or {})
        self.options = list(options)
        self.port = port
        self.owns_data = data is None
        self.data = data or tempfile.mkdtemp(prefix="tertulia-contract-")
        self.log_path = os.path.join(tempfile.gettempdir(), f"tertulia-contract-{os.getpid()}-{id(self):x}.log")
        self.process = None
        self.scheme = "http"
        self.ready_line = ""

    def arguments(self):
        line = ["--headless", "--host", "127.0.0.1", "--port", str(self.port), "--data-dir", self.data]
        for key, value in self.settings.items():
            line += ["--set", f"{key}={value}"]
        return line + self.options

    def start(self):
        with open(self.log_path, "ab") as log:
            self.process = subprocess.Popen([binary(), *self.arguments()], stdin=subprocess.DEVNULL,
                                            stdout=subprocess.PIPE, stderr=log, env=environment())
        self.ready_line = self._read_ready_line()
        match = READY.match(self.ready_line)
        if not match:
            self.kill()
            raise RuntimeError(f"no ready line but {self.ready_line!r}; the log says:\n{self.log()}")
        self.scheme = match.group(1)
        self.port = int(match.group(3))
        return self

    def _read_ready_line(self):
        deadline = time.monotonic() + START_SECONDS
        line = b""
        with selectors.DefaultSelector() as selector:
            selector.register(self.process.stdout, selectors.EVENT_READ)
            while not line.endswith(b"\n") and time.monotonic() < deadline:
                if selector.select(timeout=deadline - time.monotonic()):
                    got = os.read(self.process.stdout.fileno(), 1)
                    if not got:
                        break
                    line += got
        return line.decode().rstrip("\n")

    def log(self):
        with open(self.log_path, encoding="utf-8", errors="replace") as log:
            return log.read()

    def kill(self):
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()

    def signal(self, number=signal.SIGTERM):
        self.process.send_signal(number)

    def wait(self, timeout=STOP_SECONDS):
        """The exit code, and what else was written to standard output."""
        code = self.process.wait(timeout)
        rest = self.process.stdout.read()
        self.process.stdout.close()
        return code, rest.decode()

    def stop(self):
        self.signal()
        return self.wait()

    def dispose(self):
        """Ends what still runs and forgets the directory. Gives the log of a server that ended badly."""
        trouble = ""
        if self.process and self.process.poll() is None:
            try:
                code, _ = self.stop()
                if code != 0:
                    trouble = f"the server ended with {code}:\n{self.log()[-4000:]}"
            except subprocess.TimeoutExpired:
                self.kill()
                trouble = f"the server did not stop within {STOP_SECONDS} s:\n{self.log()[-4000:]}"
        elif self.process and self.process.stdout and not self.process.stdout.closed:
            self.process.stdout.close()
            trouble = f"the server died with {self.process.returncode}:\n{self.log()[-4000:]}"
        if self.owns_data:
            shutil.rmtree(self.data, ignore_errors=True)
        if os.path.exists(self.log_path):
            os.unlink(self.log_path)
        return trouble

    def token(self, user="Host", role="admin", ttl=None):
        arguments = ["token", "--user", user, "--role", role]
        if "--database" in self.options:  # the key of a cluster lives there
            arguments += ["--database", self.options[self.options.index("--database") + 1]]
        else:
            arguments += ["--data-dir", self.data]
        if ttl is not None:
            arguments += ["--ttl", str(ttl)]
        done = run(*arguments)
        if done.returncode != 0:
            raise RuntimeError(f"no token: {done.stderr}")
        return done.stdout.strip()

    @property
    def origin(self):
        return f"{self.scheme}://127.0.0.1:{self.port}"

    @property
    def socket_origin(self):
        return self.origin.replace("http", "ws", 1)
