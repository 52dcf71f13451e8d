# SPDX-FileCopyrightText: 2026 The Tertulia authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Section 3: rooms and messages over HTTP."""

from harness.case import ContractCase

TIME = r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$"


class RoomTest(ContractCase):
    async def room(self, name, token):
        rooms = {room["name"]: room for room in (await self.get("/api/rooms", token))["rooms"]}
        return rooms.get(name)

    async def test_list(self):
        """§3 `GET /api/rooms`: name, topic, private, members, last_id, created_at of each room, for any user."""
        _, token = await self.guest()
        room = await self.make_room(topic="Sobre nada")
        await self.publish(room, "hola")
        found = await self.room(room, token)
        self.assertEqual((found["topic"], found["private"], found["last_id"], found["members"]), ("Sobre nada", False, 1, 0))
        self.assertRegex(found["created_at"], TIME)
        await self.joined(room)
        self.assertEqual((await self.room(room, token))["members"], 1)

    async def test_create(self):
        """§3 `POST /api/rooms`: 201 for a member and an admin; a guest may not (403)."""
        for token in (self.admin, (await self.member())[1]):
            answer = await self.call("POST", "/api/rooms", {"name": self.fresh("room")}, token=token)
            self.assertEqual(answer.status, 201, answer)
        _, guest = await self.guest()
        answer = await self.call("POST", "/api/rooms", {"name": self.fresh("room")}, token=guest)
        self.assert_problem(answer, 403, "forbidden")

    async def test_room_exists(self):
        """§3, §2 `POST /api/rooms`: 409 `room_exists`; room names are unique ignoring case."""
        room = await self.make_room()
        for name in (room, room.upper(), "General"):
            self.assert_problem(await self.call("POST", "/api/rooms", {"name": name}, token=self.admin), 409, "room_exists")

    async def test_names_of_rooms(self):
        """§2, §7 Rooms: 1-64 of letters, digits, `_` `.` `-`; a bad name: 422 `invalid_name`."""
        for name in ("", "x" * 65, "a b", "a/b", "<b>", "a\n", "👍"):
            with self.subTest(bad=name):
                self.assert_problem(await self.call("POST", "/api/rooms", {"name": name}, token=self.admin), 422, "invalid_name")
        number = self.fresh("")
        for name in ("ñandú" + number, "a_b.c-" + number, "y" * (64 - len(number)) + number):
            with self.subTest(good=name):
                await self.make_room(name=name)

    async def test_change(self):
        """§3 `PATCH /api/rooms/{room}` by its owner or an admin: 200; members get a `system` event `room_changed` with the room."""
        owner, token = await self.member()
        room = await self.make_room(token)
        client = await self.joined(room)
        for changer, topic in ((token, "uno"), (self.admin, "dos")):
            answer = await self.call("PATCH", f"/api/rooms/{room}", {"topic": topic}, token=changer)
            self.assertEqual(answer.status, 200, answer)
            event = await client.expect("system", event="room_changed", room=room)
            self.assertEqual((event["data"]["name"], event["data"]["topic"]), (room, topic))
        self.assertEqual((await self.room(room, token))["topic"], "dos")

    async def test_change_is_the_owners(self):
        """§3 `PATCH` and `DELETE` of a room by anyone else: 403 `forbidden`; of a missing room: 404 `no_such_room`."""
        room = await self.make_room()
        _, other = await self.member()
        self.assert_problem(await self.call("PATCH", f"/api/rooms/{room}", {"topic": "x"}, token=other), 403, "forbidden")
        self.assert_problem(await self.call("DELETE", f"/api/rooms/{room}", token=other), 403, "forbidden")
        missing = self.fresh("missing")
        self.assert_problem(await self.call("PATCH", f"/api/rooms/{missing}", {"topic": "x"}, token=self.admin), 404, "no_such_room")
        self.assert_problem(await self.call("DELETE", f"/api/rooms/{missing}", token=self.admin), 404, "no_such_room")

    async def test_delete(self):
        """§3 `DELETE /api/rooms/{room}`: 204; members get a `system` event `room_deleted` and are put out."""
        owner, token = await self.member()
        room = await self.make_room(token)
        client = await self.joined(room)
        answer = await self.call("DELETE", f"/api/rooms/{room}", token=token)
        self.assertEqual((answer.status, answer.body), (204, b""))
        await client.expect("system", event="room_deleted", room=room)
        answer = await client.request("chat", room=room, content="still here?")
        self.assertIn(answer["code"], ("not_joined", "no_such_room"))
        self.assertIsNone(await self.room(room, token))

    async def test_general_always_exists(self):
        """§2 `general` always exists: it cannot be deleted, or is there again."""
        await self.call("DELETE", "/api/rooms/general", token=self.admin)
        self.assertIsNotNone(await self.room("general", self.admin))

    async def test_members(self):
        """§3, §7 `GET /api/rooms/{room}/members`: name, role, connections, since, who is in it now; public to all users."""
        room = self.fresh("room")
        name, token = await self.guest()
        await self.joined(room, token)
        await self.joined(room, token)
        _, stranger = await self.guest()
        found = (await self.get(f"/api/rooms/{room}/members", stranger))["members"]
        self.assertEqual([(m["name"], m["role"], m["connections"]) for m in found], [(name, "guest", 2)])
        self.assertRegex(found[0]["since"], TIME)
        answer = await self.call("GET", f"/api/rooms/{self.fresh('missing')}/members", token=stranger)
        self.assert_problem(answer, 404, "no_such_room")


class MessageTest(ContractCase):
    async def test_publish(self):
        """§3 `POST /api/rooms/{room}/messages`: 201 `{"id","timestamp"}`; publishes as over the socket."""
        room = await self.make_room()
        client = await self.joined(room)
        name, token = await self.guest()
        answer = await self.call("POST", f"/api/rooms/{room}/messages", {"content": "hola"}, token=token)
        self.assertEqual(answer.status, 201, answer)
        entry = await client.expect("chat")
        self.assertEqual((entry["room"], entry["id"], entry["user"], entry["content"], entry["timestamp"]),
                         (room, answer.json["id"], name, "hola", answer.json["timestamp"]))
        self.assertRegex(entry["timestamp"], TIME)
        reply = await self.publish(room, "sí", token, reply_to=entry["id"])
        self.assertEqual((await client.expect("chat", id=reply))["reply_to"], entry["id"])

    async def test_publish_is_idempotent(self):
        """§3, §6.2 The same user, room and `ref` over HTTP gets the first answer again and adds no entry."""
        room = await self.make_room()
        body = {"content": "once", "ref": "r1"}
        first = await self.call("POST", f"/api/rooms/{room}/messages", body, token=self.admin)
        again = await self.call("POST", f"/api/rooms/{room}/messages", body, token=self.admin)
        self.assertEqual((first.status, first.json["id"], first.json["timestamp"]),
                         (again.status, again.json["id"], again.json["timestamp"]))
        self.assertEqual((await self.get(f"/api/rooms/{room}/messages", self.admin))["last_id"], first.json["id"])

    async def test_publish_refused(self):
        """§3, §7 Empty, blank or wrong `content`: 422 `invalid_field`; over 16384 bytes: 413 `too_large`; no room: 404."""
        room = await self.make_room()
        for content in ("", "  \n", 7, None, ["x"]):
            answer = await self.call("POST", f"/api/rooms/{room}/messages", {"content": content}, token=self.admin)
            self.assert_problem(answer, 422, "invalid_field")
        self.assert_problem(await self.call("POST", f"/api/rooms/{room}/messages", {"content": "ñ" * 8193}, token=self.admin), 413, "too_large")
        answer = await self.call("POST", f"/api/rooms/{room}/messages", {"content": "ñ" * 8192}, token=self.admin)
        self.assertEqual(answer.status, 201, answer)
        answer = await self.call("POST", f"/api/rooms/{self.fresh('missing')}/messages", {"content": "x"}, token=self.admin)
        self.assert_problem(answer, 404, "no_such_room")

    async def test_pages_of_messages(self):
        """§3, §7 `GET .../messages`: oldest first, `limit` 1-200 clamped, 50 unless told, `before`, `after`, `has_more`, `last_id`."""
        room = await self.make_room()
        for number in range(1, 61):
            await self.publish(room, f"m{number}")

        async def ids(**query):
            page = await self.get(f"/api/rooms/{room}/messages", self.admin, **query)
            self.assertEqual(page["last_id"], 60)
            return [message["id"] for message in page["messages"]], page["has_more"]
        self.assertEqual(await ids(), (list(range(11, 61)), True))
        self.assertEqual(await ids(limit=3), ([58, 59, 60], True))
        self.assertEqual(await ids(limit=3, before=10), ([7, 8, 9], True))
        self.assertEqual(await ids(limit=3, after=10), ([11, 12, 13], True))
        self.assertEqual(await ids(limit=3, after=57), ([58, 59, 60], False))
        self.assertEqual(await ids(before=4), ([1, 2, 3], False))
        self.assertEqual(await ids(limit=0), ([60], True))
        self.assertEqual(await ids(limit=-5), ([60], True))
        self.assertEqual(await ids(limit=1000), (list(range(1, 61)), False))
        self.assertEqual(await ids(after=60), ([], False))

    async def test_shape_of_a_message(self):
        """§3 A message in a list: id, room, user, content, timestamp, edited_at, reply_to, mentions, reactions by emoji."""
        room = await self.make_room()
        name, token = await self.guest()
        client = await self.joined(room, token)
        first = (await client.say(room, "uno"))["id"]
        second = (await client.say(room, f"@{name} dos", reply_to=first))["id"]
        await client.request("edit", room=room, target=first, content="uno, más")
        await client.request("reaction", room=room, target=first, emoji="👍", action="add")
        one, two = (await self.get(f"/api/rooms/{room}/messages", token))["messages"]
        self.assertEqual((one["id"], one["room"], one["user"], one["content"]), (first, room, name, "uno, más"))
        self.assertRegex(one["timestamp"], TIME)
        self.assertRegex(one["edited_at"], TIME)
        self.assertEqual(one["reactions"], {"👍": [name]})
        self.assertEqual((two["id"], two["reply_to"], two["mentions"]), (second, first, [name]))
        self.assertNotIn("edited_at", two)

    async def test_as_they_now_stand(self):
        """§3 Messages as they now stand: edits applied, deleted ones left out."""
        room = await self.make_room()
        client = await self.joined(room, self.admin)
        first, second = (await client.say(room, "uno"))["id"], (await client.say(room, "dos"))["id"]
        await client.request("edit", room=room, target=second, content="dos y medio")
        await client.request("delete", room=room, target=first)
        page = await self.get(f"/api/rooms/{room}/messages", self.admin)
        self.assertEqual([(m["id"], m["content"]) for m in page["messages"]], [(second, "dos y medio")])
        self.assertEqual(page["last_id"], 4)

    async def test_search(self):
        """§3 `q` is a full-text search, over messages as they now stand; odd characters are text, not syntax."""
        room = await self.make_room()
        client = await self.joined(room, self.admin)
        for content in ("el café está caliente", "la leche está fría", "café con leche", "50% \"quoted\" (text)* AND"):
            await client.say(room, content)
        await client.request("edit", room=room, target=2, content="la horchata está fría")
        await client.request("delete", room=room, target=3)

        async def found(text):
            return [m["id"] for m in (await self.get(f"/api/rooms/{room}/messages", self.admin, q=text))["messages"]]
        self.assertEqual(await found("café"), [1])
        self.assertEqual(await found("leche"), [])
        self.assertEqual(await found("horchata"), [2])
        self.assertEqual(await found("está"), [1, 2])
        self.assertEqual(await found("nothing-like-it"), [])
        for odd in ('"', "*", "(", "AND", "a OR", "'; DROP TABLE x; --", "content:x", "^", "NEAR("):
            with self.subTest(odd=odd):
                answer = await self.call("GET", f"/api/rooms/{room}/messages", token=self.admin, q=odd)
                self.assertEqual(answer.status, 200, answer)

    async def test_missing_room(self):
        """§7 A missing room over HTTP: 404 `no_such_room`."""
        for path in ("messages", "members", "export"):
            answer = await self.call("GET", f"/api/rooms/{self.fresh('missing')}/{path}", token=self.admin)
            self.assert_problem(answer, 404, "no_such_room")


class PrivateRoomTest(ContractCase):
    async def asyncSetUp(self):
        await super().asyncSetUp()
        self.owner, self.token = await self.member()
        self.room = await self.make_room(self.token, private=True)
        self.name, self.other = await self.member()

    async def listed(self, token):
        return self.room in [room["name"] for room in (await self.get("/api/rooms", token))["rooms"]]

    async def test_hidden(self):
        """§3, §7 Private rooms do not show themselves to those outside: not in lists, `no_such_room` / 404 on every way in."""
        self.assertTrue(await self.listed(self.token))
        self.assertFalse(await self.listed(self.other))
        missing = self.fresh("missing")
        for method, path, body in (("GET", "members", None), ("GET", "messages", None), ("POST", "messages", {"content": "x"}),
                                   ("GET", "export", None)):
            with self.subTest(method=method, path=path):
                hidden = await self.call(method, f"/api/rooms/{self.room}/{path}", body, token=self.other)
                self.assert_problem(hidden, 404, "no_such_room")
                absent = await self.call(method, f"/api/rooms/{missing}/{path}", body, token=self.other)
                self.assertEqual(hidden.text.replace(self.room, "R"), absent.text.replace(missing, "R"))
        self.assert_problem(await self.call("PATCH", f"/api/rooms/{self.room}", {"topic": "x"}, token=self.other), 404, "no_such_room")
        self.assert_problem(await self.call("DELETE", f"/api/rooms/{self.room}", token=self.other), 404, "no_such_room")
        stream = await self.stream(f"/events/rooms/{self.room}", self.other)
        self.assertEqual(stream.status, 404)
        upload = await self.call("POST", f"/api/rooms/{self.room}/files", token=self.other, data=b"x", name="x.txt")
        self.assert_problem(upload, 404, "no_such_room")
        client = await self.chat(self.other)
        for kind, fields in (("join", {}), ("chat", {"content": "x"}), ("typing", {}), ("read", {"id": 1})):
            with self.subTest(kind=kind):
                answer = await client.request(kind, room=self.room, **fields)
                self.assertEqual(answer["type"], "error", answer)
                self.assertIn(answer["code"], ("no_such_room",) if kind == "join" else ("no_such_room", "not_joined"))

    async def test_not_announced(self):
        """§7 `system` `room_created` is for public rooms only."""
        client = await self.chat(self.other)
        await self.make_room(self.token, private=True)
        public = await self.make_room(self.token)
        event = await client.expect("system", event="room_created")
        self.assertEqual(event["data"]["name"], public)

    async def test_invite_and_put_out(self):
        """§3 `PUT /api/rooms/{room}/members/{name}` invites to a private room, `DELETE` puts out; the owner and admins may."""
        for token in (self.token, self.admin):
            answer = await self.call("PUT", f"/api/rooms/{self.room}/members/{self.name}", token=token)
            self.assertIn(answer.status, (200, 201, 204), answer)
            self.assertTrue(await self.listed(self.other))
            client = await self.chat(self.other)
            self.assertEqual((await client.request("join", room=self.room))["type"], "joined")
            answer = await self.call("DELETE", f"/api/rooms/{self.room}/members/{self.name}", token=token)
            self.assertIn(answer.status, (200, 204), answer)
            kicked = await client.expect("system", event="kicked", room=self.room)
            self.assertIn("by", kicked["data"])
            self.assertFalse(await self.listed(self.other))
            self.assertEqual((await client.request("chat", room=self.room, content="x"))["type"], "error")

    async def test_invitation_is_notified(self):
        """§3, §4 An invitation is a notification of kind `invitation` for the one invited."""
        await self.call("PUT", f"/api/rooms/{self.room}/members/{self.name}", token=self.token)
        found = (await self.get("/api/notifications", self.other))["notifications"]
        self.assertEqual([(n["kind"], n["room"], n["from"]) for n in found], [("invitation", self.room, self.owner)])

    async def test_only_the_owner_invites(self):
        """§3 Inviting and putting out by another member: 403 `forbidden`; an unknown user: 404 `no_such_user`."""
        await self.call("PUT", f"/api/rooms/{self.room}/members/{self.name}", token=self.token)
        third, _ = await self.member()
        answer = await self.call("PUT", f"/api/rooms/{self.room}/members/{third}", token=self.other)
        self.assert_problem(answer, 403, "forbidden")
        answer = await self.call("PUT", f"/api/rooms/{self.room}/members/{self.fresh('nobody')}", token=self.token)
        self.assert_problem(answer, 404, "no_such_user")


class RoomRulesTest(ContractCase):
    async def test_password(self):
        """§3, §6, §7 A room with a password: `join` needs it, and it guards HTTP and SSE too."""
        _, token = await self.member()
        room = await self.make_room(token, password="tortilla")
        await self.publish(room, "inside", token)
        _, other = await self.guest()
        client = await self.chat(other)
        for fields in ({}, {"password": "paella"}):
            answer = await client.request("join", room=room, **fields)
            self.assertEqual((answer["type"], answer["code"]), ("error", "forbidden"))
        answer = await self.call("GET", f"/api/rooms/{room}/messages", token=other)
        self.assert_problem(answer, 403, "forbidden")
        answer = await self.call("POST", f"/api/rooms/{room}/messages", {"content": "x"}, token=other)
        self.assert_problem(answer, 403, "forbidden")
        self.assertEqual((await self.stream(f"/events/rooms/{room}", other)).status, 403)
        answer = await client.request("join", room=room, password="tortilla")
        self.assertEqual(answer["type"], "joined")
        self.assertEqual(len((await self.get(f"/api/rooms/{room}/messages", other))["messages"]), 1)

    async def test_password_is_not_told(self):
        """§3 A room's password stands in no answer."""
        _, token = await self.member()
        name = self.fresh("room")
        made = await self.call("POST", "/api/rooms", {"name": name, "password": "tortilla"}, token=token)
        listed = await self.call("GET", "/api/rooms", token=token)
        self.assertNotIn("tortilla", made.text + listed.text)

    async def test_read_only(self):
        """§3 `read_only`: the owner and admins write, others get `forbidden`, over the socket and HTTP."""
        _, token = await self.member()
        room = await self.make_room(token, read_only=True)
        _, other = await self.guest()
        client = await self.joined(room, other)
        answer = await client.request("chat", room=room, content="x")
        self.assertEqual((answer["code"], answer["temporary"]), ("forbidden", False))
        answer = await self.call("POST", f"/api/rooms/{room}/messages", {"content": "x"}, token=other)
        self.assert_problem(answer, 403, "forbidden")
        for writer in (token, self.admin):
            await self.publish(room, "heard", writer)
            await client.expect("chat", content="heard")

    async def test_slow_mode(self):
        """§3, §6, §7 `slow_mode_s`: a second message too soon is `slow_mode` (temporary), over HTTP 429 `slow_mode`."""
        room = await self.make_room(slow_mode_s=600)
        _, token = await self.guest()
        client = await self.joined(room, token)
        await client.say(room, "first")
        answer = await client.request("chat", room=room, content="second")
        self.assertEqual((answer["type"], answer["code"], answer["temporary"]), ("error", "slow_mode", True))
        answer = await self.call("POST", f"/api/rooms/{room}/messages", {"content": "third"}, token=token)
        self.assert_problem(answer, 429, "slow_mode")
        second = await self.joined(room)
        await second.say(room, "someone else may")

    async def test_changed_rules_hold_at_once(self):
        """§3 `PATCH` changes read_only for those who are already in."""
        _, token = await self.member()
        room = await self.make_room(token)
        client = await self.joined(room)
        await client.say(room, "before")
        await self.call("PATCH", f"/api/rooms/{room}", {"read_only": True}, token=token)
        self.assertEqual((await client.request("chat", room=room, content="after"))["code"], "forbidden")
