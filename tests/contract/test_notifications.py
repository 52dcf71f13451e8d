# SPDX-FileCopyrightText: 2026 The Tertulia authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sections 3 to 5: notifications, by four ways in one numbering."""

import asyncio

from harness.case import ContractCase

TIME = r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$"


class NotificationTest(ContractCase):
    async def announce(self, title, **fields):
        answer = await self.call("POST", "/api/notifications", {"title": title, "body": "b", **fields}, token=self.admin)
        self.assertEqual(answer.status, 201, answer)
        return answer.json

    async def polled(self, token, **query):
        return (await self.get("/api/notifications", token, **query))["notifications"]

    async def test_shape(self):
        """§3 A notification: id (a number), kind, title, body, level, timestamp; `POST /api/notifications` to one user makes an `announcement`."""
        name, token = await self.member()
        await self.announce("Title", body="Body", level="alert", to=name)
        found, = await self.polled(token)
        self.assertEqual((found["kind"], found["title"], found["body"], found["level"]), ("announcement", "Title", "Body", "alert"))
        self.assertIsInstance(found["id"], int)
        self.assertRegex(found["timestamp"], TIME)

    async def test_level(self):
        """§3 `level` = info, warning, alert; info unless told; another: 422 `invalid_field`."""
        name, token = await self.member()
        await self.announce("a", to=name)
        await self.announce("b", to=name, level="warning")
        self.assertEqual([n["level"] for n in await self.polled(token)], ["info", "warning"])
        for body in ({"title": "a", "body": "b", "level": "panic"}, {"title": "a"}, {"title": 1, "body": "b"}, {"title": "", "body": "b"}):
            answer = await self.call("POST", "/api/notifications", body, token=self.admin)
            self.assert_problem(answer, 422, "invalid_field")

    async def test_to_nobody(self):
        """§3 To a user who is not there: 404 `no_such_user`."""
        answer = await self.call("POST", "/api/notifications", {"title": "a", "body": "b", "to": self.fresh("nobody")}, token=self.admin)
        self.assert_problem(answer, 404, "no_such_user")

    async def test_to_one_is_for_one(self):
        """§3 To one user: nobody else gets it."""
        (name, token), (_, other) = await self.member(), await self.member()
        await self.announce("only you", to=name)
        self.assertEqual([n["title"] for n in await self.polled(token)], ["only you"])
        self.assertNotIn("only you", [n["title"] for n in await self.polled(other)])

    async def test_one_numbering(self):
        """§3, §4, §5 Stream, socket, poll and long poll tell the same notifications under the same ids."""
        name, token = await self.member()
        stream = await self.ready_stream("/events", token)
        feed = await self.socket("/ws/notifications", token=token)
        await self.announce("one", to=name)
        frame = await feed.expect("notification")
        event = await stream.next("notification")
        polled, = await self.polled(token)
        long_polled, = await self.polled(token, wait=5)
        common = {key: polled[key] for key in ("id", "kind", "title", "body", "level", "timestamp")}
        for other in (frame, event.data, long_polled):
            self.assertEqual({key: other[key] for key in common}, common)
        self.assertEqual(event.id, str(polled["id"]))
        self.assertEqual((await self.get("/api/notifications", token))["last_id"], polled["id"])

    async def test_after(self):
        """§3 `GET /api/notifications?after=ID`: what came after it, oldest first, with `last_id`."""
        name, token = await self.member()
        for title in "abc":
            await self.announce(title, to=name)
        found = await self.polled(token)
        self.assertEqual([n["title"] for n in found], ["a", "b", "c"])
        self.assertEqual([n["title"] for n in await self.polled(token, after=found[0]["id"])], ["b", "c"])
        page = await self.get("/api/notifications", token, after=found[2]["id"])
        self.assertEqual((page["notifications"], page["last_id"]), ([], found[2]["id"]))

    async def test_long_poll_answers_when_there_is_one(self):
        """§3 Long polling with `wait` answers at once when there is one."""
        name, token = await self.member()
        asked = asyncio.create_task(self.call("GET", "/api/notifications", token=token, wait=30, patience=40))

        async def waiting():
            return await self.metric('tertulia_connections{transport="longpoll"}')
        await self.until(waiting)
        self.assertFalse(asked.done())
        await self.announce("now", to=name)
        answer = await asyncio.wait_for(asked, 5)
        self.assertEqual([n["title"] for n in answer.json["notifications"]], ["now"])

    async def test_long_poll_ends_empty(self):
        """§3 Else it answers empty after S seconds; `wait` outside 0-60 is no error."""
        _, token = await self.member()
        clock = asyncio.get_running_loop().time
        started = clock()
        page = await self.get("/api/notifications", token, wait=1)
        self.assertEqual(page["notifications"], [])
        self.assertGreaterEqual(clock() - started, 0.9)
        self.assertEqual((await self.get("/api/notifications", token, wait=0))["notifications"], [])

    async def test_stream_resumes(self):
        """§4 `/events` resumes after `Last-Event-ID` without a gap or a double; an unknown id: `reset`."""
        name, token = await self.member()
        for title in "abc":
            await self.announce(title, to=name)
        first = (await self.polled(token))[0]["id"]
        stream = await self.ready_stream("/events", token, headers={"Last-Event-ID": str(first)})
        await self.announce("d", to=name)
        self.assertEqual([(await stream.next()).data["title"] for _ in range(3)], ["b", "c", "d"])
        stream = await self.ready_stream("/events", token, headers={"Last-Event-ID": "999999"})
        self.assertEqual((await stream.next()).event, "reset")

    async def test_socket_resumes(self):
        """§5 `/ws/notifications?after=`: what came after it, then the feed."""
        name, token = await self.member()
        for title in "abc":
            await self.announce(title, to=name)
        first = (await self.polled(token))[0]["id"]
        feed = await self.socket("/ws/notifications", token=token, after=first)
        await self.announce("d", to=name)
        self.assertEqual([(await feed.expect("notification"))["title"] for _ in range(3)], ["b", "c", "d"])

    async def test_they_survive(self):
        """§1, §3 Notifications outlive the process under their ids."""
        name, token = await self.member()
        await self.announce("kept", to=name)
        before = await self.polled(token)
        await self.restart()
        self.assertEqual(await self.polled(token), before)


class AnnouncementTest(ContractCase):
    async def test_to_all(self):
        """§3, §6, §7 To all: every user has it, and every chat connection gets `system` `announcement` (without `room`) with the notification."""
        name, token = await self.member()
        client = await self.chat(token)
        stream = await self.ready_stream("/events", token)
        answer = await self.call("POST", "/api/notifications", {"title": "to all", "body": "b", "level": "warning"}, token=self.admin)
        self.assertEqual(answer.status, 201, answer)
        event = await client.expect("system", event="announcement")
        self.assertNotIn("room", event)
        self.assertEqual((event["data"]["title"], event["data"]["level"], event["data"]["kind"]), ("to all", "warning", "announcement"))
        self.assertEqual((await stream.next("notification")).data["title"], "to all")
        self.assertIn("to all", [n["title"] for n in (await self.get("/api/notifications", token))["notifications"]])


class KindTest(ContractCase):
    async def only(self, token):
        found = (await self.get("/api/notifications", token))["notifications"]
        self.assertEqual(len(found), 1, found)
        return found[0]

    async def test_mention(self):
        """§3, §7 `mention`: told also when absent, with room and from; not to oneself."""
        name, token = await self.member()
        room = await self.make_room()
        sender, sender_token = await self.member()
        client = await self.joined(room, sender_token)
        await client.say(room, f"hola @{name} y @{sender}")
        found = await self.only(token)
        self.assertEqual((found["kind"], found["room"], found["from"]), ("mention", room, sender))
        self.assertEqual((await self.get("/api/notifications", sender_token))["notifications"], [])

    async def test_mention_in_a_private_room(self):
        """§7 Only someone who may read the room is mentioned."""
        name, token = await self.member()
        room = await self.make_room(private=True)
        client = await self.joined(room, self.admin)
        ack = await client.say(room, f"hola @{name}")
        message, = (await self.get(f"/api/rooms/{room}/messages", self.admin))["messages"]
        self.assertFalse(message.get("mentions"))
        self.assertEqual((await self.get("/api/notifications", token))["notifications"], [])
        self.assertEqual(ack["id"], 1)

    async def test_direct(self):
        """§3, §4 `direct`: a direct message is a notification for the other."""
        name, token = await self.member()
        sender, sender_token = await self.member()
        stream = await self.ready_stream("/events", token)
        client = await self.chat(sender_token)
        ack = await client.request("direct", to=name, content="psst")
        event = await stream.next("notification")
        self.assertEqual((event.data["kind"], event.data["room"], event.data["from"]), ("direct", ack["room"], sender))
        self.assertEqual((await self.get("/api/notifications", sender_token))["notifications"], [])

    async def test_file(self):
        """§7 `file` notifies the room's members other than the sender."""
        name, token = await self.member()
        sender, sender_token = await self.member()
        room = await self.make_room()
        await self.joined(room, token)
        await self.joined(room, sender_token)
        _, outsider = await self.member()
        answer = await self.call("POST", f"/api/rooms/{room}/files", token=sender_token, data=b"x", name="x.txt")
        self.assertEqual(answer.status, 201, answer)
        found = await self.only(token)
        self.assertEqual((found["kind"], found["room"], found["from"]), ("file", room, sender))
        for other in (sender_token, outsider):
            self.assertEqual((await self.get("/api/notifications", other))["notifications"], [])
