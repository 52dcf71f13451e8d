# SPDX-FileCopyrightText: 2026 The Tertulia authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sections 1 and 7: the limits."""

import asyncio
import json

from harness.case import ContractCase
from harness.raw import TEXT, RawSocket


class RateTest(ContractCase):
    settings = {"limits.messages_per_second": 5, "limits.burst": 10}

    async def test_rate(self):
        """§1, §6 `limits.messages_per_second` per connection with a burst: `rate_limited`, temporary, with `retry_ms`; then it goes on."""
        room = await self.make_room()
        client = await self.joined(room)
        for number in range(30):
            await client.send("chat", room=room, content="x", ref=f"n{number}")
        answers = [await client.answer(f"n{number}") for number in range(30)]
        passed = [a for a in answers if a["type"] == "ack"]
        self.assertGreaterEqual(len(passed), 8)
        self.assertLessEqual(len(passed), 14)
        refused = answers[-1]
        self.assertEqual((refused["type"], refused["code"], refused["temporary"]), ("error", "rate_limited", True))
        self.assertGreater(refused["retry_ms"], 0)
        self.assertLessEqual(refused["retry_ms"], 1000)
        await asyncio.sleep(refused["retry_ms"] / 1000)  # the contract's own wait, not a guess
        self.assertEqual((await client.request("chat", room=room, content="again"))["type"], "ack")

    async def test_rate_is_per_connection(self):
        """§1 The rate is per connection: another one is not touched."""
        room = await self.make_room()
        client, other = await self.joined(room), await self.joined(room)
        for number in range(20):
            await client.send("chat", room=room, content="x", ref=f"n{number}")
        self.assertEqual((await client.answer("n19"))["type"], "error")
        self.assertEqual((await other.request("chat", room=room, content="x"))["type"], "ack")

    async def test_rate_over_http(self):
        """§7 Publishing over HTTP is limited per user: 429 `too_many_requests`."""
        room = await self.make_room()
        _, token = await self.guest()
        answers = [await self.call("POST", f"/api/rooms/{room}/messages", {"content": "x"}, token=token) for _ in range(30)]
        refused = [a for a in answers if a.status != 201]
        self.assertTrue(refused)
        self.assert_problem(refused[0], 429, "too_many_requests")
        self.assertIn("Retry-After", refused[0].headers)


class FloodTest(ContractCase):
    settings = {"limits.messages_per_second": 1, "limits.burst": 2}

    async def test_flooding(self):
        """§5, §7 `limits.burst` x 10 refused messages in a row are flooding: 1008, on any path."""
        for path in (f"/ws/chat?token={self.admin}", "/ws/echo", "/ws", f"/ws/game/1?name={self.fresh('p')}"):
            with self.subTest(path=path):
                raw = RawSocket(self.server.port)
                raw.upgrade(path)
                for _ in range(60):
                    raw.send_frame(TEXT, b'{"type":"ping"}')
                self.assertEqual(raw.read_close()[0], 1008)
                raw.close()


class ConnectionsTest(ContractCase):
    settings = {"limits.connections": 5}

    async def test_over_the_limit(self):
        """§5, §7 Over `limits.connections` a handshake gets 503 `server_full`; when one goes there is room again."""
        held = []
        for _ in range(5):
            raw = RawSocket(self.server.port)
            self.addCleanup(raw.close)
            self.assertEqual(raw.upgrade("/ws/echo"), 101)
            held.append(raw)
        raw = RawSocket(self.server.port)
        self.addCleanup(raw.close)
        status, headers = raw.request("GET", "/ws/echo", {
            "Connection": "Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Version": "13",
            "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ=="})
        self.assertEqual(status, 503)
        body = json.loads(raw.read_exactly(int(headers["content-length"])))
        self.assertEqual((body["code"], body["status"]), ("server_full", 503))
        held[0].close()

        async def room_again():
            again = RawSocket(self.server.port)
            self.addCleanup(again.close)
            return again.upgrade("/ws/echo") == 101
        await self.until(room_again)


class PerUserTest(ContractCase):
    settings = {"limits.connections_per_user": 3}

    async def test_too_many_of_a_user(self):
        """§5, §1 Over `limits.connections_per_user`: 4029; the user's others and other users stay."""
        _, token = await self.guest()
        held = [await self.chat(token) for _ in range(3)]
        client = await self.chat(token, welcome=False)
        self.assertEqual((await client.closed())[0], 4029)
        for client in held:
            self.assertEqual((await client.request("ping"))["type"], "pong")
        await self.chat((await self.guest())[1])


class PerAddressTest(ContractCase):
    settings = {"limits.connections_per_address": 4}

    async def test_too_many_of_an_address(self):
        """§5, §1 Over `limits.connections_per_address`: 4029."""
        held = [RawSocket(self.server.port) for _ in range(4)]
        for raw in held:
            self.addCleanup(raw.close)
            self.assertEqual(raw.upgrade("/ws/echo"), 101)
        raw = RawSocket(self.server.port)
        self.addCleanup(raw.close)
        self.assertEqual(raw.upgrade("/ws/echo"), 101)
        self.assertEqual(raw.read_close()[0], 4029)


class SlowReaderTest(ContractCase):
    settings = {"limits.outbound_bytes": 65536}

    async def flood_until(self, room, name, at_least):
        """Writes to the room until the metric moves; gives how many entries that took."""
        writer = await self.joined(room, self.admin)
        told = 0
        while await self.metric(name) < at_least:
            for _ in range(40):
                await writer.send("chat", room=room, content="x" * 16000)
            told += 40
            await writer.expect("chat", id=told, patience=20)
            self.assertLess(told, 3000, "nobody was dropped")
        return told

    async def test_slow_socket(self):
        """§5, §6.4 A reader that does not read is dropped (4008) once `limits.outbound_bytes` wait for it; the code arrives; no one else waits."""
        room = await self.make_room()
        _, token = await self.guest()
        slow = RawSocket(self.server.port, receive_buffer=4096)
        self.addCleanup(slow.close)
        slow.upgrade(f"/ws/chat?token={token}&room={room}")
        while json.loads(slow.read_frame()[1])["type"] != "joined":
            pass
        other = await self.joined(room)
        dropped = await self.metric("tertulia_slow_consumers_total")
        told = await self.flood_until(room, "tertulia_slow_consumers_total", dropped + 1)
        self.assertEqual(slow.read_close()[0], 4008)
        await other.expect("chat", id=told)
        ids = [f["id"] for f in other.pending if f["type"] == "chat"]
        self.assertEqual(ids, list(range(1, told)))
        async def counted():
            return await self.metric('tertulia_closes_total{code="4008"}')
        await self.until(counted)

    async def test_slow_stream(self):
        """§6.4 The same for a reader of Server-Sent Events: its stream is ended."""
        room = await self.make_room()
        slow = RawSocket(self.server.port, receive_buffer=4096)
        self.addCleanup(slow.close)
        status, _ = slow.request("GET", f"/events/rooms/{room}", {"Authorization": f"Bearer {self.admin}"})
        self.assertEqual(status, 200)
        dropped = await self.metric("tertulia_slow_consumers_total")
        await self.flood_until(room, "tertulia_slow_consumers_total", dropped + 1)
        slow.wait_for_end()

    async def test_the_dead_are_aborted(self):
        """§7 A peer that does not read its close is aborted after a second."""
        room = await self.make_room()
        name, token = await self.guest()
        dead = RawSocket(self.server.port, receive_buffer=4096)
        self.addCleanup(dead.close)
        dead.upgrade(f"/ws/chat?token={token}&room={room}")
        while json.loads(dead.read_frame()[1])["type"] != "joined":
            pass
        dropped = await self.metric("tertulia_slow_consumers_total")
        await self.flood_until(room, "tertulia_slow_consumers_total", dropped + 1)

        async def gone():
            members = (await self.get(f"/api/rooms/{room}/members", self.admin))["members"]
            return name not in [member["name"] for member in members]
        await self.until(gone, patience=5)

    async def test_a_message_larger_than_the_queue(self):
        """§7 One message may be larger than `limits.outbound_bytes`: the limit counts what already waits before it."""
        client = await self.socket("/ws/echo")
        data = bytes(4 << 20)
        await client.socket.send(data)
        self.assertEqual(await client.receive(patience=20), data)


class MessageBytesTest(ContractCase):
    settings = {"limits.message_bytes": 10}

    async def test_setting(self):
        """§1 `limits.message_bytes` sets the size of `content`, in UTF-8; `welcome` tells it among the limits."""
        room = await self.make_room()
        client = await self.joined(room)
        self.assertIn(10, client.welcome["limits"].values())
        self.assertEqual((await client.request("chat", room=room, content="ñ" * 5))["type"], "ack")
        self.assertEqual((await client.request("chat", room=room, content="ñ" * 5 + "x"))["code"], "too_large")
