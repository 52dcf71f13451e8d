# SPDX-FileCopyrightText: 2026 The Tertulia authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A chat client over the `websockets` library that waits for frames, never for time."""

import asyncio
import json
import urllib.parse
import uuid

from websockets.exceptions import ConnectionClosed
from websockets.legacy.client import connect

PATIENCE = 8


def address(path, **query):
    """The path with its query, parts without a value left out."""
    given = {key: value for key, value in query.items() if value is not None}
    return path + ("?" + urllib.parse.urlencode(given) if given else "")


async def open_socket(server, path, headers=None, **options):
    return await connect(server.socket_origin + path, extra_headers=headers or {}, compression=None, max_size=None,
                         max_queue=None, ping_interval=None, open_timeout=PATIENCE, close_timeout=1, **options)


class Chat:
    def __init__(self, socket):
        self.socket = socket
        self.pending = []
        self.welcome = None

    @classmethod
    async def open(cls, server, path="/ws/chat", headers=None, welcome=True, options=None, **query):
        client = cls(await open_socket(server, address(path, **query), headers, **(options or {})))
        if welcome:
            client.welcome = await client.expect("welcome")
        return client

    async def send(self, kind, **fields):
        await self.send_text(json.dumps({"type": kind, **fields}))

    async def send_text(self, text):
        await self.socket.send(text)

    async def receive(self, patience=PATIENCE):
        """The next frame in the order of arrival."""
        if self.pending:
            return self.pending.pop(0)
        return await self._read(patience)

    async def _read(self, patience):
        data = await asyncio.wait_for(self.socket.recv(), patience)
        return json.loads(data) if isinstance(data, str) else data

    async def expect(self, kind, patience=PATIENCE, about=None, **fields):
        """The next frame of this type that has these fields (and whose data is `about` this user); the others stay."""
        def fits(frame):
            return (isinstance(frame, dict) and frame.get("type") == kind and
                    (about is None or frame["data"].get("user") == about) and
                    all(frame.get(key) == value for key, value in fields.items()))
        for index, frame in enumerate(self.pending):
            if fits(frame):
                return self.pending.pop(index)
        try:
            async with asyncio.timeout(patience):
                while True:
                    frame = await self._read(None)
                    if fits(frame):
                        return frame
                    self.pending.append(frame)
        except TimeoutError:
            raise AssertionError(f"no {kind} {fields}; came: {self.pending}") from None
        except ConnectionClosed as closed:
            raise AssertionError(f"no {kind} {fields}: {closed}; came: {self.pending}") from None

    async def request(self, kind, patience=PATIENCE, **fields):
        """Sends with a `ref` and gives the frame that brings it back."""
        ref = fields.setdefault("ref", uuid.uuid4().hex)
        await self.send(kind, **fields)
        return await self.answer(ref, patience)

    async def answer(self, ref, patience=PATIENCE):
        for index, frame in enumerate(self.pending):
            if frame.get("ref") == ref and frame.get("type") not in ("chat", "edit", "delete", "reaction"):
                return self.pending.pop(index)
        try:
            async with asyncio.timeout(patience):
                while True:
                    frame = await self._read(None)
                    # An entry may carry the ref of its sender too; it is no answer.
                    if frame.get("ref") == ref and frame.get("type") not in ("chat", "edit", "delete", "reaction"):
                        return frame
                    self.pending.append(frame)
        except TimeoutError:
            raise AssertionError(f"no answer to {ref}; came: {self.pending}") from None
        except ConnectionClosed as closed:
            raise AssertionError(f"no answer to {ref}: {closed}; came: {self.pending}") from None

    async def say(self, room, content, **fields):
        """Publishes and gives the ack, once the own entry is back too."""
        ack = await self.request("chat", room=room, content=content, **fields)
        if ack["type"] != "ack":
            raise AssertionError(f"no ack but {ack}")
        await self.expect("chat", room=room, id=ack["id"])
        return ack

    async def barrier(self):
        """All frames up to the answer to a ping: what is not among them had not been sent."""
        pong = await self.request("ping")
        assert pong["type"] == "pong", pong
        seen, self.pending = self.pending, []
        return seen

    async def closed(self, patience=PATIENCE):
        """Reads to the end: the close code and reason."""
        try:
            async with asyncio.timeout(patience):
                while True:
                    self.pending.append(await self._read(None))
        except TimeoutError:
            raise AssertionError(f"still open; came: {self.pending}") from None
        except ConnectionClosed:
            return self.socket.close_code, self.socket.close_reason

    async def close(self):
        await self.socket.close()

    def drop(self):
        """As a cable pulled out: no close frame."""
        self.socket.transport.abort()
