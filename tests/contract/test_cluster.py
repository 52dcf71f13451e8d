# SPDX-FileCopyrightText: 2026 The Tertulia authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sections 6.5 and 7: two servers, one chat, whichever of them a client is on."""

import asyncio

from websockets.exceptions import ConnectionClosed

from harness.case import PASSWORD, ContractCase
from harness.chat import Chat, open_socket
from harness.cluster import Postgres, Redis
from harness.server import Server, run


class ClusterTest(ContractCase):
    settings = {"limits.connections_per_user": 6}

    @classmethod
    def setUpClass(cls):
        cls.database = Postgres()
        cls.addClassCleanup(cls.database.dispose)
        cls.redis = Redis()
        cls.addClassCleanup(cls.redis.dispose)
        cls.options = ("--broker", cls.redis.url, "--database", cls.database.url)
        super().setUpClass()
        cls.second = Server(cls.server.settings, cls.options)
        cls.addClassCleanup(cls.dispose_second)
        cls.second.start()

    @classmethod
    def dispose_second(cls):
        trouble = cls.second.dispose()
        if trouble:
            raise AssertionError(trouble)

    async def there(self, room, token, **fields):
        """In the room on the second server."""
        client = await Chat.open(self.second, token=token)
        self.addAsyncCleanup(client.close)
        client.joined = await client.request("join", room=room, **fields)
        self.assertEqual(client.joined["type"], "joined", client.joined)
        return client

    async def test_messages_cross(self):
        """§6.5 With `--broker` and `--database` the members of a room hear each other on two servers."""
        room = await self.make_room()
        here, other = await self.joined(room, self.admin), await self.there(room, (await self.guest())[1])
        await here.say(room, "from here")
        await other.expect("chat", content="from here", id=1)
        await other.say(room, "from there")
        await here.expect("chat", content="from there", id=2)
        self.assertEqual(here.joined["epoch"], other.joined["epoch"])

    async def test_one_order(self):
        """§6.5 Ids 1, 2, 3 ... without holes and one order on both, while both write."""
        room = await self.make_room()
        here, other = await self.joined(room, self.admin), await self.there(room, self.admin)
        for number in range(50):
            await here.send("chat", room=room, content=f"here {number}")
            await other.send("chat", room=room, content=f"there {number}")
        seen = []
        for client in (here, other):
            await client.expect("chat", id=100)
            frames = [f for f in client.pending if f["type"] == "chat"]
            self.assertEqual([f["id"] for f in frames], list(range(1, 100)))
            seen.append([f["content"] for f in frames])
        self.assertEqual(*seen)

    async def test_recovery_on_the_other(self):
        """§6.5 A client that comes back to another server misses nothing; a `ref` is the same message there."""
        room = await self.make_room()
        _, token = await self.guest()
        here = await self.joined(room, token)
        for number in range(5):
            ack = await here.request("chat", room=room, content="x", ref=f"n{number}")
        other = await self.there(room, token, since=2, epoch=here.joined["epoch"])
        self.assertEqual((other.joined["recovered"], [e["id"] for e in other.joined["entries"]]), (True, [3, 4, 5]))
        again = await other.request("chat", room=room, content="x", ref="n4")
        self.assertEqual(again["id"], ack["id"])

    async def test_presence_crosses(self):
        """§6.5 Members, joins and leaves are those of all servers."""
        room = await self.make_room()
        here = await self.joined(room, self.admin)
        name, token = await self.guest()
        other = await self.there(room, token)
        event = await here.expect("system", event="user_joined", about=name)
        self.assertEqual(event["data"]["member_count"], 2)
        self.assertEqual({m["name"] for m in other.joined["members"]}, {"Host", name})
        await other.close()
        event = await here.expect("system", event="user_left", about=name)
        self.assertEqual(event["data"]["member_count"], 1)

    async def test_key_and_revocations(self):
        """§7 The token key and the revocations are the cluster's: a token is good on both, and revoked on both."""
        name, token = await self.member()
        here, other = await self.chat(token), await Chat.open(self.second, token=token)
        self.addAsyncCleanup(other.close)
        answer = await self.call("GET", "/api/session", token=token, origin=self.second.origin)
        self.assertEqual(answer.json["user"]["name"], name)
        await self.call("DELETE", "/api/session", token=token)
        self.assertEqual((await here.closed())[0], 4001)
        self.assertEqual((await other.closed())[0], 4001)
        answer = await self.call("GET", "/api/session", token=token, origin=self.second.origin)
        self.assert_problem(answer, 401, "unauthorized")

    async def test_names(self):
        """§7 Names are the cluster's: an account of one is an account of the other, a guest online on one is taken on the other."""
        name, _ = await self.member()
        answer = await self.call("POST", "/api/session", {"name": name, "password": PASSWORD}, origin=self.second.origin)
        self.assertEqual(answer.status, 201, answer)
        guest, token = await self.guest()
        await self.chat(token)

        async def taken():
            answer = await self.call("POST", "/api/session", {"name": guest}, origin=self.second.origin)
            return answer.status == 409
        await self.until(taken)

    async def test_bans(self):
        """§7 Bans are the cluster's: put out of both with 4003."""
        name, token = await self.guest()
        other = await Chat.open(self.second, token=token)
        self.addAsyncCleanup(other.close)
        answer = await self.call("POST", "/api/bans", {"name": name}, token=self.admin)
        self.assertEqual(answer.status, 201, answer)
        self.assertEqual((await other.closed())[0], 4003)
        again = await Chat.open(self.second, token=token, welcome=False)
        self.assertEqual((await again.closed())[0], 4003)

    async def test_limits(self):
        """§7 Limits are the cluster's: a user's connections are counted over both servers."""
        _, token = await self.guest()
        for _ in range(3):
            await self.chat(token)
            other = await Chat.open(self.second, token=token)
            self.addAsyncCleanup(other.close)

        async def refused():
            one_more = await Chat.open(self.second, token=token, welcome=False)
            self.addAsyncCleanup(one_more.close)
            try:
                await one_more.receive()
            except ConnectionClosed:
                return one_more.socket.close_code == 4029
            await one_more.close()
            return False
        await self.until(refused)

    async def test_notifications_cross(self):
        """§6.5, §3 A notification made on one server is told on the other, under the same id."""
        name, token = await self.member()
        other = Chat(await open_socket(self.second, f"/ws/notifications?token={token}"))
        self.addAsyncCleanup(other.close)
        await self.call("POST", "/api/notifications", {"title": "across", "body": "b", "to": name}, token=self.admin)
        told = await other.expect("notification", title="across")
        kept, = (await self.get("/api/notifications", token))["notifications"]
        self.assertEqual(told["id"], kept["id"])

    async def test_a_server_that_dies(self):
        """§6.5 When one server is killed, its members leave the room on the other, and what it acknowledged is there."""
        room = await self.make_room()
        here = await self.joined(room, self.admin)
        name, token = await self.guest()
        third = Server(self.server.settings, self.options)
        self.addCleanup(third.dispose)
        third.start()
        client = await Chat.open(third, token=token)
        await client.request("join", room=room)
        ack = await client.request("chat", room=room, content="last words")
        third.kill()
        await here.expect("chat", id=ack["id"], content="last words")
        await here.expect("system", event="user_left", about=name, patience=45)
        self.assertEqual((await here.say(room, "next"))["id"], ack["id"] + 1)

    async def test_token_command_with_a_database(self):
        """§7 `tertulia token` takes `--data-dir` or `--database`."""
        done = await asyncio.to_thread(run, "token", "--user", "Host", "--role", "admin", "--database", self.database.url)
        self.assertEqual(done.returncode, 0, done.stderr)
        answer = await self.call("GET", "/api/session", token=done.stdout.strip())
        self.assertEqual((answer.status, answer.json["user"]["role"]), (200, "admin"))
