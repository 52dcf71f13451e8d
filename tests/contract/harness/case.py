# SPDX-FileCopyrightText: 2026 The Tertulia authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The base of the contract tests: one server for a class, clients that go away with each test."""

import itertools
import json
import logging
import time
import unittest
import asyncio

import aiohttp
from yarl import URL

from .chat import Chat, address, open_socket
from .server import Server
from .streams import Stream

logging.getLogger("asyncio").setLevel(logging.CRITICAL)

PATIENCE = 8
PASSWORD = "correct horse battery"


class Answer:
    def __init__(self, status, headers, body):
        self.status = status
        self.headers = headers
        self.body = body

    @property
    def json(self):
        return json.loads(self.body)

    @property
    def text(self):
        return self.body.decode()

    def __repr__(self):
        return f"{self.status} {self.body[:300]!r}"


class ContractCase(unittest.IsolatedAsyncioTestCase):
    settings = {}
    options = ()
    serial = itertools.count(1)

    @classmethod
    def setUpClass(cls):
        settings = {"limits.messages_per_second": 0, "presence.grace_ms": 200, **cls.settings}
        cls.server = Server(settings, cls.options)
        cls.addClassCleanup(cls.dispose_server)
        cls.server.start()
        cls.admin = cls.server.token()

    @classmethod
    def dispose_server(cls):
        trouble = cls.server.dispose()
        if trouble:
            raise AssertionError(trouble)

    async def asyncSetUp(self):
        self.http = aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar(),
                                          connector=aiohttp.TCPConnector(limit=0, ssl=False),
                                          timeout=aiohttp.ClientTimeout(total=None))
        self.addAsyncCleanup(self.http.close)

    async def restart(self):
        """Kills the server at once and starts it again, as after a crash; old connections are forgotten."""
        self.server.kill()
        await self.http.close()
        self.server.start()
        await self.asyncSetUp()

    # --- names ---------------------------------------------------------------------------------------------------

    def fresh(self, stem):
        """A name nobody in this run has had."""
        return f"{stem}{next(self.serial)}"

    # --- HTTP ----------------------------------------------------------------------------------------------------

    def url(self, path, **query):
        return URL(self.server.origin + address(path, **query), encoded=True)

    async def call(self, method, path, body=None, token=None, headers=None, data=None, patience=PATIENCE,
                   origin=None, **query):
        """One request. `body` goes as JSON, `data` as it is."""
        sent = dict(headers or {})
        if token:
            sent["Authorization"] = f"Bearer {token}"
        if body is not None:
            data = json.dumps(body)
            sent.setdefault("Content-Type", "application/json")
        async with asyncio.timeout(patience):
            where = URL((origin or self.server.origin) + address(path, **query), encoded=True)
            async with self.http.request(method, where, data=data, headers=sent,
                                         allow_redirects=False) as response:
                return Answer(response.status, response.headers, await response.read())

    async def get(self, path, token=None, **query):
        """The JSON of a call that must go well."""
        answer = await self.call("GET", path, token=token, **query)
        self.assertEqual(answer.status, 200, answer)
        return answer.json

    def assert_problem(self, answer, status, code):
        self.assertEqual(answer.status, status, answer)
        self.assertEqual(answer.headers["Content-Type"].split(";")[0], "application/problem+json", answer)
        problem = answer.json
        self.assertEqual(problem["code"], code, problem)
        self.assertEqual(problem["status"], status, problem)
        self.assertEqual(problem["type"], "about:blank")
        self.assertTrue(problem["title"])
        self.assertIn("detail", problem)

    async def until(self, question, patience=PATIENCE):
        """Asks again until the answer is true, and gives it; for what no frame announces."""
        deadline = time.monotonic() + patience
        while True:
            answer = await question()
            if answer:
                return answer
            if time.monotonic() > deadline:
                self.fail(f"still {answer!r} after {patience} s")
            await asyncio.sleep(0.02)

    # --- people and rooms ----------------------------------------------------------------------------------------

    async def guest(self, name=None):
        """Enters as a guest: the name and the token."""
        name = name or self.fresh("guest")
        answer = await self.call("POST", "/api/session", {"name": name})
        self.assertEqual(answer.status, 201, answer)
        return name, answer.json["token"]

    async def member(self, name=None):
        """Makes an account: the name and the token."""
        name = name or self.fresh("member")
        answer = await self.call("POST", "/api/users", {"name": name, "password": PASSWORD})
        self.assertEqual(answer.status, 201, answer)
        return name, answer.json["token"]

    async def make_room(self, token=None, **fields):
        name = fields.pop("name", None) or self.fresh("room")
        answer = await self.call("POST", "/api/rooms", {"name": name, **fields}, token=token or self.admin)
        self.assertEqual(answer.status, 201, answer)
        return name

    async def publish(self, room, content, token=None, **fields):
        answer = await self.call("POST", f"/api/rooms/{room}/messages", {"content": content, **fields},
                                 token=token or self.admin)
        self.assertEqual(answer.status, 201, answer)
        return answer.json["id"]

    # --- live clients --------------------------------------------------------------------------------------------

    async def chat(self, token=None, welcome=True, **query):
        client = await Chat.open(self.server, welcome=welcome, token=token, **query)
        self.addAsyncCleanup(client.close)
        return client

    async def joined(self, room, token=None, **query):
        """A chat connection that is in the room, with the answer to its join as `.joined`."""
        if token is None and "name" not in query:
            _, token = await self.guest()
        client = await self.chat(token)
        client.joined = await client.request("join", room=room, **query)
        self.assertEqual(client.joined["type"], "joined", client.joined)
        return client

    async def socket(self, path, headers=None, **query):
        """A WebSocket without the chat's manners."""
        client = Chat(await open_socket(self.server, address(path, **query), headers))
        self.addAsyncCleanup(client.close)
        return client

    async def stream(self, path, token=None, headers=None, patience=PATIENCE, **query):
        sent = {"Accept": "text/event-stream", **(headers or {})}
        if token:
            sent["Authorization"] = f"Bearer {token}"
        response = await asyncio.wait_for(self.http.get(self.url(path, **query), headers=sent), patience)
        found = Stream(response)
        self.addCleanup(found.close)
        return found

    async def ready_stream(self, path, token=None, **more):
        """A stream that has said its first line, so that it hears what happens from here on."""
        found = await self.stream(path, token, **more)
        self.assertEqual(found.status, 200, found.headers)
        first = await found.block()
        self.assertEqual(first.lines[0].replace(" ", ""), "retry:3000", first)
        if first.datas:
            found.unread = first
        return found

    # --- metrics -------------------------------------------------------------------------------------------------

    async def metrics(self):
        """Samples by their name with labels, as written."""
        answer = await self.call("GET", "/metrics", token=self.admin)
        self.assertEqual(answer.status, 200, answer)
        samples = {}
        for line in answer.text.splitlines():
            if line and not line.startswith("#"):
                name, value = line.rsplit(" ", 1)
                samples[name] = float(value)
        return samples

    async def metric(self, name):
        return (await self.metrics()).get(name, 0.0)
