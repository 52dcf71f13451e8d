# SPDX-FileCopyrightText: 2026 The Tertulia authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A Redis and a PostgreSQL of the test's own, on free ports, gone with the test."""

import glob
import os
import shutil
import socket
import subprocess
import tempfile
import time

START_SECONDS = 30


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(question, what):
    deadline = time.monotonic() + START_SECONDS
    while not question():
        if time.monotonic() > deadline:
            raise RuntimeError(f"{what} did not start")
        time.sleep(0.05)


class Redis:
    def __init__(self):
        self.port = free_port()
        self.process = subprocess.Popen(["redis-server", "--port", str(self.port), "--bind", "127.0.0.1", "--save", "",
                                         "--appendonly", "no"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        wait_for(self._answers, "redis-server")
        self.url = f"redis://127.0.0.1:{self.port}/0"

    def _answers(self):
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=1) as client:
                client.sendall(b"PING\r\n")
                return client.recv(16).startswith(b"+PONG")
        except OSError:
            return False

    def dispose(self):
        self.process.kill()
        self.process.wait()


class Postgres:
    def __init__(self):
        programs = sorted(glob.glob("/usr/lib/postgresql/*/bin"))
        if not programs:
            raise RuntimeError("PostgreSQL is not installed")
        self.programs = programs[-1]
        self.folder = tempfile.mkdtemp(prefix="tertulia-contract-")
        self.port = free_port()
        # PostgreSQL refuses to run as root; Debian's package brings a user for it.
        self.prefix = ["runuser", "-u", "postgres", "--"] if os.getuid() == 0 else []
        if self.prefix:
            shutil.chown(self.folder, "postgres")
        data = os.path.join(self.folder, "data")
        password = os.path.join(self.folder, "password")
        with open(password, "w", encoding="ascii") as file:
            file.write("tertulia\n")
        os.chmod(password, 0o644)
        self._run("initdb", "--pgdata", data, "--username", "tertulia", "--pwfile", password, "--auth", "scram-sha-256",
                  "--encoding", "UTF8", "--locale", "C", "--no-sync")
        self.process = subprocess.Popen(
            [*self.prefix, os.path.join(self.programs, "postgres"), "-D", data, "-p", str(self.port), "-h", "127.0.0.1",
             "-k", self.folder, "-F"], cwd=self.folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        wait_for(self._answers, "PostgreSQL")
        self.url = f"postgresql://tertulia:tertulia@127.0.0.1:{self.port}/postgres"

    def _run(self, program, *arguments):
        subprocess.run([*self.prefix, os.path.join(self.programs, program), *arguments], check=True, capture_output=True,
                       cwd=self.folder)

    def _answers(self):
        asked = subprocess.run([os.path.join(self.programs, "pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(self.port)],
                               check=False, cwd=self.folder)
        return asked.returncode == 0

    def dispose(self):
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)
