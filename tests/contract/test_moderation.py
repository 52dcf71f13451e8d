# SPDX-FileCopyrightText: 2026 The Tertulia authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Section 3: what the host does: connections, bans, the door, the numbers."""

from harness.case import PASSWORD, ContractCase
from harness.server import Server

TIME = r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$"


class ConnectionTest(ContractCase):
    async def find(self, connection_id):
        live = (await self.get("/api/connections", self.admin))["connections"]
        return next((found for found in live if found["id"] == connection_id), None)

    async def test_fields(self):
        """§3, §7 `GET /api/connections` and `/{id}`: every field of the page in snake case, with secrets masked."""
        name, token = await self.guest()
        room = await self.make_room()
        client = await self.chat(token, options=None, room=room, headers={
            "Cookie": f"session={token}; theme=dark", "User-Agent": "contract/1", "Authorization": f"Bearer {token}"})
        await client.say(room, "hola")
        found = await self.find(client.welcome["connection_id"])
        self.assertLessEqual({"id", "user", "transport", "address", "port", "path", "query", "headers", "cookies", "user_agent",
                              "rooms", "connected_at", "rtt_ms", "messages_in", "messages_out", "bytes_in", "bytes_out",
                              "queued_bytes"}, set(found))
        self.assertEqual((found["transport"], found["address"], found["path"], found["user_agent"]),
                         ("websocket", "127.0.0.1", "/ws/chat", "contract/1"))
        self.assertEqual((found["rooms"], sorted(found["cookies"])), ([room], ["session", "theme"]))
        self.assertRegex(found["connected_at"], TIME)
        self.assertGreaterEqual(found["messages_in"], 1)
        self.assertGreater(found["bytes_out"], 0)
        self.assertEqual(found["port"], client.socket.local_address[1])
        one = await self.call("GET", f"/api/connections/{found['id']}", token=self.admin)
        self.assertEqual((one.status, one.json["id"]), (200, found["id"]))
        self.assertNotIn(token, one.text)
        self.assertIn(name, str(found["user"]))

    async def test_streams_are_connections(self):
        """§3 Streams stand among the live connections with their transport; the token in the query is masked."""
        name, token = await self.guest()
        await self.ready_stream("/events/rooms/general", **{"token": None}, headers={"Cookie": f"session={token}"})
        response = await self.stream(f"/events?token={token}")
        await response.block()
        answer = await self.call("GET", "/api/connections", token=self.admin)
        mine = [found for found in answer.json["connections"] if name in str(found["user"])]
        self.assertEqual({found["transport"] for found in mine}, {"sse"})
        self.assertEqual({found["path"] for found in mine}, {"/events", "/events/rooms/general"})
        self.assertNotIn(token, answer.text)

    async def test_kick(self):
        """§3, §5 `DELETE /api/connections/{id}`: 204, closed with 4003; the user may come back."""
        _, token = await self.guest()
        client, other = await self.chat(token), await self.chat(token)
        answer = await self.call("DELETE", f"/api/connections/{client.welcome['connection_id']}", token=self.admin)
        self.assertEqual((answer.status, answer.body), (204, b""))
        self.assertEqual((await client.closed())[0], 4003)
        self.assertEqual((await other.request("ping"))["type"], "pong")
        await self.chat(token)

    async def test_unknown_connection(self):
        """§3 A connection that is not there: 404."""
        for method in ("GET", "DELETE"):
            answer = await self.call(method, "/api/connections/nothing", token=self.admin)
            self.assertEqual(answer.status, 404, answer)

    async def test_stats(self):
        """§3 `GET /api/stats`: the dashboard's numbers now, as JSON."""
        await self.chat(self.admin)
        self.assertTrue(await self.get("/api/stats", self.admin))


class BanTest(ContractCase):
    async def ban(self, **fields):
        answer = await self.call("POST", "/api/bans", fields, token=self.admin)
        self.assertEqual(answer.status, 201, answer)
        bans = (await self.get("/api/bans", self.admin))["bans"]
        return next(found for found in bans if all(found.get(key) == value for key, value in fields.items() if key != "until"))

    async def lift(self, ban):
        answer = await self.call("DELETE", f"/api/bans/{ban['id']}", token=self.admin)
        self.assertEqual((answer.status, answer.body), (204, b""))

    async def test_shape(self):
        """§7 Bans: `{"bans":[{"id","name"|"address","reason","until","by","created_at"}]}`."""
        ban = await self.ban(name=self.fresh("Mallory"), reason="spam", until="2126-01-01T00:00:00.000Z")
        self.assertEqual((ban["reason"], ban["by"], ban["until"]), ("spam", "Host", "2126-01-01T00:00:00.000Z"))
        self.assertIsInstance(ban["id"], str)
        self.assertRegex(ban["created_at"], TIME)
        self.assertNotIn("address", ban)

    async def test_by_name(self):
        """§3, §5 A ban by name: put out at once with 4003 and kept out, on the socket, the streams and HTTP, until it is lifted."""
        name, token = await self.member()
        client, feed = await self.chat(token), await self.socket("/ws/notifications", token=token)
        stream = await self.ready_stream("/events", token)
        ban = await self.ban(name=name)
        self.assertEqual((await client.closed())[0], 4003)
        self.assertEqual((await feed.closed())[0], 4003)
        await stream.ended()
        again = await self.chat(token, welcome=False)
        self.assertEqual((await again.closed())[0], 4003)
        self.assertEqual((await self.call("GET", "/api/rooms", token=token)).status, 403)
        signed = await self.call("POST", "/api/session", {"name": name.upper(), "password": PASSWORD})
        self.assertEqual(signed.status, 403, signed)
        await self.lift(ban)
        await self.chat(token)

    async def test_until(self):
        """§3 A ban with `until` in the past bans nobody; a bad body is 422 `invalid_field`."""
        name, token = await self.guest()
        await self.call("POST", "/api/bans", {"name": name, "until": "2020-01-01T00:00:00.000Z"}, token=self.admin)
        await self.chat(token)
        for body in ({}, {"address": "nonsense"}, {"address": "10.0.0.0/99"}, {"name": 7}, {"name": "x", "until": "tomorrow"}):
            with self.subTest(body=body):
                self.assert_problem(await self.call("POST", "/api/bans", body, token=self.admin), 422, "invalid_field")

    async def test_survives(self):
        """§1, §3 A ban outlives the process."""
        name, token = await self.guest()
        await self.ban(name=name)
        await self.restart()
        client = await self.chat(token, welcome=False)
        self.assertEqual((await client.closed())[0], 4003)

    async def test_unknown_ban(self):
        """§3 `DELETE /api/bans/{id}` of one that is not there: 404."""
        self.assertEqual((await self.call("DELETE", "/api/bans/nothing", token=self.admin)).status, 404)


class AddressBanTest(ContractCase):
    """All clients here come from loopback; the host's way back in is the restart without a listed ban."""

    async def banned(self, address):
        _, token = await self.guest()
        client = await self.chat(token)
        answer = await self.call("POST", "/api/bans", {"address": address, "reason": "test"}, token=self.admin)
        self.assertEqual(answer.status, 201, answer)
        return client, token

    async def test_other_addresses(self):
        """§3 A ban of another address or network touches nobody here."""
        for address in ("192.0.2.7", "192.0.2.0/24", "2001:db8::/32"):
            client, token = await self.banned(address)
            self.assertEqual((await client.request("ping"))["type"], "pong")
            await self.chat(token)

    async def test_by_address(self):
        """§3, §5 A ban by address, or by network in CIDR: put out with 4003 and kept out."""
        for address in ("127.0.0.1", "127.0.0.0/8"):
            with self.subTest(address=address):
                server = Server({"limits.messages_per_second": 0})
                self.addCleanup(server.dispose)
                server.start()
                kept, self.server = self.server, server
                self.admin, kept_admin = server.token(), self.admin
                try:
                    client, token = await self.banned(address)
                    self.assertEqual((await client.closed())[0], 4003)
                    again = await self.chat(token, welcome=False)
                    self.assertEqual((await again.closed())[0], 4003)
                finally:
                    self.server, self.admin = kept, kept_admin


class DoorTest(ContractCase):
    settings = {"access.door": "true"}

    async def waiting(self, name):
        async def look():
            found = (await self.get("/api/door", self.admin))["waiting"]
            return next((one for one in found if one["name"] == name), None)
        return await self.until(look)

    async def decide(self, who, admit):
        answer = await self.call("POST", f"/api/door/{who['id']}", {"admit": admit}, token=self.admin)
        self.assertIn(answer.status, (200, 204), answer)

    async def test_admitted(self):
        """§6, §7 With `access.door` a newcomer gets `waiting` after `welcome`, stands in `GET /api/door`, and gets `admitted`, then the room."""
        room = await self.make_room()
        name = self.fresh("Eva")
        client = await self.chat(name=name, room=room)
        await client.expect("waiting")
        who = await self.waiting(name)
        self.assertLessEqual({"id", "name", "address", "user_agent", "since"}, set(who))
        self.assertEqual(who["address"], "127.0.0.1")
        self.assertRegex(who["since"], TIME)
        self.assertEqual([f for f in client.pending if f["type"] == "joined"], [])
        await self.decide(who, True)
        await client.expect("admitted")
        await client.expect("joined", room=room)
        self.assertNotIn(name, [one["name"] for one in (await self.get("/api/door", self.admin))["waiting"]])

    async def test_refused(self):
        """§6, §5 4003 once the host refuses."""
        name = self.fresh("Eva")
        client = await self.chat(name=name)
        await self.decide(await self.waiting(name), False)
        self.assertEqual((await client.closed())[0], 4003)

    async def test_nothing_goes_on_at_the_door(self):
        """§7 The door guards HTTP and SSE too; on the socket who waits neither joins nor writes."""
        room = await self.make_room()
        name, token = await self.guest()
        client = await self.chat(token)
        await client.expect("waiting")
        answer = await client.request("join", room=room)
        self.assertEqual(answer["type"], "error", answer)
        for method, path, body in (("GET", "/api/rooms", None), ("GET", f"/api/rooms/{room}/messages", None),
                                   ("POST", f"/api/rooms/{room}/messages", {"content": "x"})):
            self.assert_problem(await self.call(method, path, body, token=token), 403, "forbidden")
        self.assertEqual((await self.stream(f"/events/rooms/{room}", token)).status, 403)
        await self.decide(await self.waiting(name), True)
        await client.expect("admitted")
        self.assertEqual((await client.request("join", room=room))["type"], "joined")
        self.assertEqual((await self.call("GET", "/api/rooms", token=token)).status, 200)

    async def test_the_host_does_not_wait(self):
        """§6 An admin does not wait at the own door; once admitted, nobody waits again."""
        admin = await self.chat(self.admin)
        self.assertEqual(await admin.barrier(), [])
        name, token = await self.guest()
        client = await self.chat(token)
        await self.decide(await self.waiting(name), True)
        await client.expect("admitted")
        again = await self.chat(token)
        self.assertEqual((await again.request("join", room="general"))["type"], "joined")

    async def test_unknown(self):
        """§3 `POST /api/door/{id}`: nobody of that id 404, a wrong field 422."""
        self.assertEqual((await self.call("POST", "/api/door/nothing", {"admit": True}, token=self.admin)).status, 404)
        name = self.fresh("Eva")
        await self.chat(name=name)
        who = await self.waiting(name)
        answer = await self.call("POST", f"/api/door/{who['id']}", {"admit": "yes"}, token=self.admin)
        self.assert_problem(answer, 422, "invalid_field")
