# SPDX-FileCopyrightText: 2026 The Tertulia authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Section 1: the command line, the ready line, and ends that are no accident."""

import asyncio
import os
import re
import signal
import socket
import subprocess
import tempfile
import unittest

import aiohttp

from harness.case import PASSWORD, ContractCase
from harness.chat import Chat, open_socket
from harness.server import READY, STOP_SECONDS, Server, run


class StartTest(unittest.TestCase):
    def new_server(self, *arguments, **fields):
        server = Server(*arguments, **fields)
        self.addCleanup(server.dispose)
        return server

    def assert_refused(self, done, *words):
        """Exit 1, one clear line that has the words, no trace."""
        self.assertEqual(done.returncode, 1, done.stderr)
        lines = [line for line in done.stderr.splitlines() if line.strip()]
        self.assertEqual(len(lines), 1, done.stderr)
        for word in words:
            self.assertIn(str(word), lines[0])
        self.assertEqual(done.stdout, "")

    def start_arguments(self, directory, *more):
        return ["--headless", "--host", "127.0.0.1", "--port", "0", "--data-dir", directory, *more]

    def temporary(self):
        folder = tempfile.TemporaryDirectory(prefix="tertulia-contract-")
        self.addCleanup(folder.cleanup)
        return folder.name

    def test_ready_line_is_all_of_standard_output(self):
        """§1 `--port 0` takes a free port; one line `Tertulia is ready at URL` on standard output, loopback for `--host 127.0.0.1`."""
        server = self.new_server().start()
        match = READY.match(server.ready_line)
        self.assertEqual(match.group(1, 2), ("http", "127.0.0.1"))
        self.assertGreater(server.port, 0)
        code, rest = server.stop()
        self.assertEqual((code, rest), (0, ""))

    def test_headless_needs_no_display(self):
        """§1 `--headless` needs no display and no Qt platform plugin."""
        server = self.new_server()  # every server here runs with a platform plugin that does not exist
        self.assertEqual(server.start().stop()[0], 0)

    def test_port_in_use(self):
        """§1 Port in use: exit 1, one clear line, no trace."""
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            taken.listen()
            port = taken.getsockname()[1]
            self.assert_refused(run("--headless", "--host", "127.0.0.1", "--port", port,
                                    "--data-dir", self.temporary()), port)

    def test_unwritable_directory(self):
        """§1 Unwritable directory: exit 1, one clear line, no trace."""
        with tempfile.NamedTemporaryFile() as file:  # not by permissions: they do not bind root
            directory = os.path.join(file.name, "data")
            self.assert_refused(run(*self.start_arguments(directory)), directory)

    def test_second_process_on_the_directory(self):
        """§1 `--data-dir` holds all state; a second process on the same directory exits 1 with a clear message."""
        server = self.new_server().start()
        self.assert_refused(run(*self.start_arguments(server.data)), server.data)
        self.assertEqual(server.stop()[0], 0)

    def test_directory_is_free_again_after_a_crash(self):
        """§1 A directory whose process was killed can be used again at once."""
        server = self.new_server().start()
        server.kill()
        server.start()
        self.assertEqual(server.stop()[0], 0)

    def test_damaged_database(self):
        """§1 Damaged database: exit 1, one clear line, no trace; the file stays as it is."""
        server = self.new_server().start()
        self.assertEqual(server.stop()[0], 0)
        damaged = []
        for folder, _, names in os.walk(server.data):
            for name in names:
                path = os.path.join(folder, name)
                with open(path, "r+b") as file:
                    if file.read(15) == b"SQLite format 3":
                        size = os.path.getsize(path)
                        file.seek(0)
                        file.write(b"\xa5" * size)
                        damaged.append((path, size))
        self.assertTrue(damaged, "the directory has no SQLite database")
        self.assert_refused(run(*self.start_arguments(server.data)))
        for path, size in damaged:
            with open(path, "rb") as file:
                self.assertEqual(file.read(), b"\xa5" * size)

    def test_bad_settings(self):
        """§1 Bad key or value: exit 1, one clear line, no trace."""
        for setting, word in (("limits.nonsense=1", "limits.nonsense"), ("limits.burst=many", "limits.burst"),
                              ("limits.burst=-1", "limits.burst"), ("access.guests=perhaps", "access.guests"),
                              ("server.rooms=a b/c", "server.rooms"), ("nonsense", "nonsense")):
            with self.subTest(setting=setting):
                self.assert_refused(run(*self.start_arguments(self.temporary(), "--set", setting)), word)

    def test_bad_options(self):
        """§1 A bad port, host or option: exit 1, one clear line, no trace."""
        for option in (("--port", "70000"), ("--port", "eight"), ("--host", "no.such.address.invalid"), ("--nonsense",)):
            with self.subTest(option=option):
                arguments = ["--headless", "--data-dir", self.temporary(), *option]
                if "--host" not in option:
                    arguments += ["--host", "127.0.0.1"]
                self.assert_refused(run(*arguments))

    def test_every_setting_is_known(self):
        """§1 `--set` overrides any setting by the name it has in the settings file: all the names of the page."""
        server = self.new_server({
            "limits.messages_per_second": 20, "limits.burst": 40, "limits.message_bytes": 16384,
            "limits.connections": 20000, "limits.connections_per_user": 16, "limits.connections_per_address": 0,
            "limits.outbound_bytes": 1048576, "limits.upload_bytes": 26214400, "limits.room_history": 0,
            "limits.rooms": 1000, "heartbeat.interval_ms": 25000, "heartbeat.timeout_ms": 60000,
            "sse.keepalive_ms": 15000, "presence.grace_ms": 5000, "access.guests": "true", "access.join_code": "",
            "access.door": "false", "access.origins": "", "access.hosts": "", "server.name": "Peña",
            "server.rooms": "news,tapas", "rooms.create_by_joining": "true"}).start()
        self.assertEqual(server.stop()[0], 0)

    def test_token_prints_a_jwt_and_nothing_else(self):
        """§1 `tertulia token` prints a JWT, nothing else; it works with and without a running server."""
        server = self.new_server()
        for started in (False, True):
            with self.subTest(started=started):
                if started:
                    server.start()
                done = run("token", "--user", "Host", "--role", "admin", "--ttl", "60", "--data-dir", server.data)
                self.assertEqual(done.returncode, 0, done.stderr)
                self.assertRegex(done.stdout, r"\A[\w-]+\.[\w-]+\.[\w-]+\n\Z")
        self.assertEqual(server.stop()[0], 0)


class StopTest(unittest.IsolatedAsyncioTestCase):
    async def ends_cleanly(self, number):
        server = Server()
        self.addCleanup(server.dispose)
        server.start()
        token = server.token()
        clients = [await Chat.open(server, token=token), Chat(await open_socket(server, "/ws/echo")),
                   Chat(await open_socket(server, "/ws")), Chat(await open_socket(server, "/ws/game/1?name=Eva"))]
        async with aiohttp.ClientSession() as http:
            ticking = await http.get(server.origin + "/events/clock")
            waiting = asyncio.create_task(
                http.get(f"{server.origin}/api/notifications?wait=60", headers={"Authorization": f"Bearer {token}"}))
            await ticking.content.readline()
            await asyncio.sleep(0)
            server.signal(number)
            started = asyncio.get_running_loop().time()
            for client in clients:
                self.assertEqual((await client.closed())[0], 1001)
            while await asyncio.wait_for(ticking.content.readline(), STOP_SECONDS):
                pass
            code, _ = await asyncio.to_thread(server.wait)
            self.assertEqual(code, 0)
            self.assertLess(asyncio.get_running_loop().time() - started, STOP_SECONDS)
            waiting.cancel()

    async def test_sigterm(self):
        """§1 SIGTERM: close every WebSocket with 1001, end every SSE stream, commit, exit 0 within 5 s."""
        await self.ends_cleanly(signal.SIGTERM)

    async def test_sigint(self):
        """§1 SIGINT: the same as SIGTERM."""
        await self.ends_cleanly(signal.SIGINT)


class StateTest(ContractCase):
    options = ("--name", "La tertulia de María")
    settings = {"server.rooms": "news,tapas"}

    async def test_name_of_the_server(self):
        """§1 `--name TEXT` names the server; it stands in the welcome."""
        client = await self.chat(self.admin)
        self.assertEqual(client.welcome["server"]["name"], "La tertulia de María")

    async def test_rooms_made_at_start(self):
        """§1 `server.rooms`: rooms made at start, comma separated; §2 `general` always exists."""
        names = {room["name"] for room in (await self.get("/api/rooms", self.admin))["rooms"]}
        self.assertLessEqual({"general", "news", "tapas"}, names)

    async def test_state_survives_the_process(self):
        """§1 `--data-dir` holds all state: accounts, tokens, rooms, entries and bans outlive a stop and a kill."""
        name, token = await self.member()
        room = await self.make_room(token, topic="kept")
        told = await self.publish(room, "before", token)
        ban = await self.call("POST", "/api/bans", {"name": "Mallory"}, token=self.admin)
        for stop in (self.server.stop, self.server.kill):
            await self.http.close()
            stop()
            self.server.start()
            await self.asyncSetUp()
            self.assertEqual((await self.get("/api/session", token))["user"]["name"], name)
            found = await self.get(f"/api/rooms/{room}/messages", token)
            self.assertEqual([(told, "before")], [(m["id"], m["content"]) for m in found["messages"]])
            bans = (await self.get("/api/bans", self.admin))["bans"]
            self.assertIn(ban.json.get("id", bans[0]["id"]), [entry["id"] for entry in bans])
            again = await self.call("POST", "/api/session", {"name": name, "password": PASSWORD})
            self.assertEqual(again.status, 201, again)

    async def test_user_list(self):
        """§1, §7 `tertulia user list` works beside a running server on the same directory."""
        name, _ = await self.member()
        done = await asyncio.to_thread(run, "user", "list", "--data-dir", self.server.data)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn(name, done.stdout)

    async def test_subcommands_beside_a_running_server(self):
        """§7 The subcommands work beside a running server on the same directory."""
        token = await asyncio.to_thread(self.server.token, self.fresh("Host"), "admin")
        self.assertEqual((await self.get("/api/session", token))["user"]["role"], "admin")


class AccessOptionsTest(ContractCase):
    options = ("--no-guests", "--join-code", "tapas")

    async def test_no_guests(self):
        """§1, §2 `--no-guests`: who has no account is refused, 403 `guests_forbidden`, even with the join code."""
        answer = await self.call("POST", "/api/session", {"name": "Ana", "join_code": "tapas"})
        self.assert_problem(answer, 403, "guests_forbidden")


class TlsTest(ContractCase):
    options = ("--tls",)

    async def test_one_port_speaks_https_and_wss(self):
        """§1 Everything is served on one TCP port, plain or TLS: `--tls` gives https and wss on it."""
        import ssl
        self.assertTrue(self.server.ready_line.startswith("Tertulia is ready at https://"))
        self.assertEqual((await self.get("/healthz"))["status"], "ok")
        trusting = ssl.create_default_context()
        trusting.check_hostname, trusting.verify_mode = False, ssl.CERT_NONE
        echo = Chat(await open_socket(self.server, "/ws/echo", ssl=trusting))
        self.addAsyncCleanup(echo.close)
        await echo.send_text("hola")
        self.assertEqual(await echo.socket.recv(), "hola")


class OwnCertificateTest(unittest.TestCase):
    def test_certificate_and_key(self):
        """§1 `--cert FILE --key FILE` serve with that certificate; a file that is none: exit 1, one clear line."""
        import ssl
        with tempfile.TemporaryDirectory() as folder:
            key, certificate = os.path.join(folder, "key.pem"), os.path.join(folder, "cert.pem")
            subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
                            "-keyout", key, "-out", certificate, "-days", "2", "-subj", "/CN=tertulia.example"],
                           check=True, capture_output=True)
            server = Server(options=("--cert", certificate, "--key", key))
            self.addCleanup(server.dispose)
            server.start()
            shown = ssl.get_server_certificate(("127.0.0.1", server.port))
            with open(certificate, encoding="ascii") as file:
                self.assertEqual(re.sub(r"\s", "", shown), re.sub(r"\s", "", file.read()))
            self.assertEqual(server.stop()[0], 0)
            bad = run("--headless", "--host", "127.0.0.1", "--port", "0", "--data-dir", os.path.join(folder, "d"),
                      "--cert", key, "--key", key)
            self.assertEqual(bad.returncode, 1, bad.stderr)
            self.assertEqual(len(bad.stderr.strip().splitlines()), 1, bad.stderr)


class HostTest(ContractCase):
    settings = {"access.hosts": "chat.example"}

    async def test_hosts_of_this_machine(self):
        """§1 A `Host` header must name an address or host name of this machine, or one in `access.hosts`."""
        for host in ("127.0.0.1", f"127.0.0.1:{self.server.port}", "localhost", f"localhost:{self.server.port}",
                     "[::1]", socket.gethostname(), "chat.example", f"Chat.Example:{self.server.port}"):
            with self.subTest(host=host):
                answer = await self.call("GET", "/healthz", headers={"Host": host})
                self.assertEqual(answer.status, 200, answer)

    async def test_foreign_hosts(self):
        """§1, §7 Any other `Host`: 421 `misdirected_request` (DNS rebinding), on a handshake too."""
        for host in ("evil.example", "chat.example.evil.example", "127.0.0.1.evil.example", "192.0.2.1", ""):
            with self.subTest(host=host):
                answer = await self.call("GET", "/healthz", headers={"Host": host})
                if host:
                    self.assert_problem(answer, 421, "misdirected_request")
                else:
                    self.assertIn(answer.status, (400, 421))
        from harness.raw import RawSocket
        raw = RawSocket(self.server.port)
        self.addCleanup(raw.close)
        self.assertEqual(raw.upgrade("/ws/echo", host="evil.example"), 421)
