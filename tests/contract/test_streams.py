# SPDX-FileCopyrightText: 2026 The Tertulia authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Section 4: Server-Sent Events."""

import json

from harness.case import ContractCase


class StreamTest(ContractCase):
    settings = {"sse.keepalive_ms": 200}

    async def test_how_a_stream_begins(self):
        """§4 `Content-Type: text/event-stream`, `Cache-Control: no-store`, first `retry: 3000`."""
        for path in ("/events", "/events/rooms/general", "/events/metrics", "/events/logs", "/events/clock"):
            with self.subTest(path=path):
                stream = await self.ready_stream(path, self.admin)
                self.assertEqual(stream.headers["Content-Type"].split(";")[0], "text/event-stream")
                self.assertEqual(stream.headers["Cache-Control"], "no-store")
                stream.close()

    async def test_form_of_an_event(self):
        """§4 Events are `event:` `id:` `data:`, one line of JSON."""
        room = await self.make_room()
        stream = await self.ready_stream(f"/events/rooms/{room}", self.admin)
        told = await self.publish(room, "uno\ndos\r\ntres")
        event = await stream.next("chat")
        self.assertEqual((event.event, event.id, len(event.datas)), ("chat", str(told), 1))
        self.assertEqual(event.data["content"], "uno\ndos\r\ntres")

    async def test_keepalive(self):
        """§4 A comment `: keepalive` after `sse.keepalive_ms` of silence."""
        stream = await self.ready_stream("/events", self.admin)
        self.assertEqual(await stream.comment(), "keepalive")
        self.assertEqual(await stream.comment(), "keepalive")

    async def test_clock(self):
        """§4 `GET /events/clock`: for all, `tick` once a second `{"time"}`, id the seconds since start."""
        stream = await self.ready_stream("/events/clock")
        first, second = await stream.next("tick"), await stream.next("tick")
        self.assertEqual(int(second.id), int(first.id) + 1)
        self.assertRegex(first.data["time"], r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$")

    async def test_metrics(self):
        """§4 `GET /events/metrics`: `metrics` once a second, `/api/stats`, no id."""
        stats = await self.get("/api/stats", self.admin)
        stream = await self.ready_stream("/events/metrics", self.admin)
        event = await stream.next("metrics")
        self.assertIsNone(event.id)
        self.assertEqual(set(event.data), set(stats))

    async def test_logs(self):
        """§4 `GET /events/logs`: `log` with level, category, message, timestamp; id the line's number; resumes."""
        stream = await self.ready_stream("/events/logs", self.admin, last_event_id="0")
        seen = []
        for _ in range(2):
            await self.call("POST", "/api/session", {"name": self.fresh("Eva"), "password": "not the password"})
            client = await self.chat(self.admin)
            await client.close()
        event = await stream.next("log", "reset")
        if event.event == "reset":  # the first lines need not be kept for ever
            event = await stream.next("log")
        self.assertEqual(set(event.data) & {"level", "category", "message", "timestamp"},
                         {"level", "category", "message", "timestamp"})
        seen.append(int(event.id))
        again = await self.ready_stream("/events/logs", self.admin, headers={"Last-Event-ID": str(seen[0] - 1)})
        self.assertIn((await again.next("log", "reset")).event, ("log", "reset"))

    async def test_logs_tell_no_secrets(self):
        """§2 Tokens and passwords are not in the log."""
        _, token = await self.guest()
        client = await self.chat(token)
        await client.close()
        await self.call("GET", "/api/session", token=None, **{"ticket": "x"})
        await self.call("GET", f"/api/session?token={token}")
        self.assertNotIn(token, self.server.log())

    async def test_a_stream_needs_a_token(self):
        """§4 Streams need a token like any call: header, `?token=`, cookie; 401 without."""
        name, token = await self.guest()
        stream = await self.stream("/events")
        self.assertEqual(stream.status, 401)
        for more in ({"token": token}, {"headers": {"Cookie": f"session={token}"}},
                     {"headers": {"Authorization": f"Bearer {token}"}}):
            headers = more.get("headers")
            found = await self.stream("/events" + (f"?token={token}" if "token" in more else ""), headers=headers)
            self.assertEqual(found.status, 200)
            found.close()

    async def test_missing_room(self):
        """§4, §7 The stream of a missing room: 404 `no_such_room`."""
        self.assert_problem(await self.call("GET", f"/events/rooms/{self.fresh('missing')}", token=self.admin), 404, "no_such_room")


class RoomStreamTest(ContractCase):
    async def test_log_as_it_grows(self):
        """§4 `GET /events/rooms/{room}`: `chat` `edit` `delete` `reaction` with the log id, in order, each once."""
        room = await self.make_room()
        stream = await self.ready_stream(f"/events/rooms/{room}", self.admin)
        client = await self.joined(room, self.admin)
        await client.say(room, "uno")
        await client.request("edit", room=room, target=1, content="uno, más")
        await client.request("reaction", room=room, target=1, emoji="👍", action="add")
        await client.request("delete", room=room, target=1)
        events = [await stream.next("chat", "edit", "delete", "reaction") for _ in range(4)]
        self.assertEqual([(event.event, event.id) for event in events],
                         [("chat", "1"), ("edit", "2"), ("reaction", "3"), ("delete", "4")])
        self.assertEqual([event.data["id"] for event in events], [1, 2, 3, 4])
        self.assertEqual(events[0].data["user"], "Host")

    async def test_presence(self):
        """§4, §7 `presence` (no id): room, event, user, member_count for joins and leaves."""
        room = await self.make_room()
        stream = await self.ready_stream(f"/events/rooms/{room}", self.admin)
        name, token = await self.guest()
        client = await self.joined(room, token)
        event = await stream.next("presence")
        self.assertIsNone(event.id)
        self.assertEqual((event.data["room"], event.data["event"], event.data["user"], event.data["member_count"]),
                         (room, "user_joined", name, 1))
        await client.request("leave", room=room)
        event = await stream.next("presence")
        self.assertEqual((event.data["event"], event.data["user"], event.data["member_count"]), ("user_left", name, 0))

    async def test_resume(self):
        """§4 `Last-Event-ID` (header, or `?last_event_id=`) resumes after that id without a gap or a double."""
        room = await self.make_room()
        for number in range(1, 8):
            await self.publish(room, f"m{number}")
        for more in ({"headers": {"Last-Event-ID": "3"}}, {"last_event_id": 3}):
            stream = await self.ready_stream(f"/events/rooms/{room}", self.admin, **more)
            told = await self.publish(room, "live")
            got = []
            while not got or got[-1] < told:
                got.append(int((await stream.next("chat", "reset")).id))
            self.assertEqual(got, list(range(4, told + 1)))
            stream.close()

    async def test_resume_from_the_first(self):
        """§7 `Last-Event-ID: 0` means from the first entry: everything that is kept."""
        room = await self.make_room()
        await self.publish(room, "m1")
        await self.publish(room, "m2")
        stream = await self.ready_stream(f"/events/rooms/{room}", self.admin, headers={"Last-Event-ID": "0"})
        self.assertEqual([(await stream.next()).id for _ in range(2)], ["1", "2"])

    async def test_without_an_id_it_begins_now(self):
        """§4 A stream opened without `Last-Event-ID` brings what happens from then on."""
        room = await self.make_room()
        await self.publish(room, "before")
        stream = await self.ready_stream(f"/events/rooms/{room}", self.admin)
        await self.publish(room, "after")
        self.assertEqual((await stream.next("chat")).data["content"], "after")

    async def test_reset(self):
        """§4 An id unknown here: the first event is `reset` with `{"last_id"}`, never a partial replay."""
        room = await self.make_room()
        await self.publish(room, "m1")
        await self.publish(room, "m2")
        for unknown in ("999", "nonsense", "-1"):
            with self.subTest(id=unknown):
                stream = await self.ready_stream(f"/events/rooms/{room}", self.admin, headers={"Last-Event-ID": unknown})
                event = await stream.next()
                self.assertEqual(event.event, "reset")
                self.assertEqual(event.data["last_id"], (await self.get(f"/api/rooms/{room}/messages", self.admin))["last_id"])
                told = await self.publish(room, "next")
                self.assertEqual((await stream.next("chat")).id, str(told))
                stream.close()

    async def test_remade_room_resets(self):
        """§7 A room deleted and made again: resuming from before is `reset`; new ids go on after the old."""
        room = await self.make_room()
        await self.publish(room, "old")
        await self.publish(room, "old")
        await self.call("DELETE", f"/api/rooms/{room}", token=self.admin)
        await self.make_room(name=room)
        self.assertEqual(await self.publish(room, "new"), 3)
        stream = await self.ready_stream(f"/events/rooms/{room}", self.admin, headers={"Last-Event-ID": "1"})
        event = await stream.next()
        self.assertEqual((event.event, event.data["last_id"]), ("reset", 3))

    async def test_resume_after_a_crash(self):
        """§4, §6 What is in a log survives the process: a stream resumes over a kill."""
        room = await self.make_room()
        await self.publish(room, "m1")
        await self.publish(room, "m2")
        await self.restart()
        stream = await self.ready_stream(f"/events/rooms/{room}", self.admin, headers={"Last-Event-ID": "1"})
        self.assertEqual((await stream.next("chat")).id, "2")


class HistoryTest(ContractCase):
    settings = {"limits.room_history": 3}

    async def test_history_that_is_gone_resets(self):
        """§4, §1 `limits.room_history`: with entries before the kept ones gone, resuming from among them is `reset`."""
        room = await self.make_room()
        for number in range(1, 11):
            await self.publish(room, f"m{number}")

        async def pruned():
            page = await self.get(f"/api/rooms/{room}/messages", self.admin)
            return len(page["messages"]) <= 3
        await self.until(pruned)
        stream = await self.ready_stream(f"/events/rooms/{room}", self.admin, headers={"Last-Event-ID": "2"})
        self.assertEqual((await stream.next()).event, "reset")
        stream = await self.ready_stream(f"/events/rooms/{room}", self.admin, headers={"Last-Event-ID": "9"})
        self.assertEqual((await stream.next()).id, "10")


class OwnEventsTest(ContractCase):
    async def test_system_events_of_own_rooms(self):
        """§7 `/events` carries `system` events of the user's own rooms (`room_changed`, `room_deleted`)."""
        _, token = await self.guest()
        mine, foreign = await self.make_room(), await self.make_room()
        stream = await self.ready_stream("/events", token)
        await self.joined(mine, token)
        await self.call("PATCH", f"/api/rooms/{foreign}", {"topic": "not theirs"}, token=self.admin)
        await self.call("PATCH", f"/api/rooms/{mine}", {"topic": "theirs"}, token=self.admin)
        event = await stream.next("system")
        self.assertEqual((event.data["event"], event.data["room"], event.data["data"]["topic"]), ("room_changed", mine, "theirs"))
        await self.call("DELETE", f"/api/rooms/{mine}", token=self.admin)
        event = await stream.next("system")
        self.assertEqual((event.data["event"], event.data["room"]), ("room_deleted", mine))

    async def test_kicked_is_told(self):
        """§7 `/events` carries `kicked` with `{"by","reason"}`."""
        owner, owner_token = await self.member()
        name, token = await self.member()
        room = await self.make_room(owner_token, private=True)
        await self.call("PUT", f"/api/rooms/{room}/members/{name}", token=owner_token)
        stream = await self.ready_stream("/events", token)
        await self.call("DELETE", f"/api/rooms/{room}/members/{name}", token=owner_token)
        event = await stream.next("system")
        self.assertEqual((event.data["event"], event.data["room"], event.data["data"]["by"]), ("kicked", room, owner))
        self.assertIn("reason", event.data["data"])

    async def test_private_streams_end_when_put_out(self):
        """§7 Private rooms guard SSE: who is put out hears no more of the room."""
        _, owner_token = await self.member()
        name, token = await self.member()
        room = await self.make_room(owner_token, private=True)
        await self.call("PUT", f"/api/rooms/{room}/members/{name}", token=owner_token)
        stream = await self.ready_stream(f"/events/rooms/{room}", token)
        await self.publish(room, "heard", owner_token)
        self.assertEqual((await stream.next("chat")).data["content"], "heard")
        await self.call("DELETE", f"/api/rooms/{room}/members/{name}", token=owner_token)
        await self.publish(room, "not heard", owner_token)
        await stream.ended()
        self.assertNotIn("not heard", json.dumps([block.lines for block in stream.blocks]))
