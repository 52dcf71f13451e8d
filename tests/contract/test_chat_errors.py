# SPDX-FileCopyrightText: 2026 The Tertulia authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Section 6: the answers to what cannot be done."""

import json

from harness.case import ContractCase


class ErrorFrameTest(ContractCase):
    async def assert_error(self, client, text, code):
        await client.send_text(text if isinstance(text, str) else json.dumps(text))
        error = await client.expect("error")
        self.assertEqual((error["code"], error["temporary"]), (code, False), (text, error))
        self.assertTrue(error["message"])

    async def test_not_json(self):
        """§6 `error` `invalid_json`; the connection stays."""
        client = await self.chat(self.admin)
        for text in ("hola", "{", "", '{"type":"ping"', "{'type':'ping'}"):
            await self.assert_error(client, text, "invalid_json")
        await client.barrier()

    async def test_not_a_message(self):
        """§6 `error` `invalid_message`: JSON that is no object, or has no type."""
        client = await self.chat(self.admin)
        for text in ([], 7, "text", None, {}, {"type": 7}, {"content": "x"}):
            await self.assert_error(client, text if not isinstance(text, str) else '"text"', "invalid_message")
        await client.barrier()

    async def test_unknown_type(self):
        """§6 `error` `unknown_type`, with the `ref`."""
        client = await self.chat(self.admin)
        answer = await client.request("nonsense")
        self.assertEqual((answer["type"], answer["code"]), ("error", "unknown_type"))

    async def test_invalid_fields(self):
        """§6, §7 `error` `invalid_field`: missing or wrong fields, empty or blank content, a `ref` over 64 characters."""
        room = await self.make_room()
        client = await self.joined(room)
        await client.say(room, "uno")
        for command in ({"type": "join"}, {"type": "join", "room": 7}, {"type": "join", "room": room, "since": "x"},
                        {"type": "join", "room": room, "since": -1}, {"type": "leave"}, {"type": "chat", "room": room},
                        {"type": "chat", "room": room, "content": ""}, {"type": "chat", "room": room, "content": " \n\t"},
                        {"type": "chat", "room": room, "content": 7}, {"type": "chat", "content": "x"},
                        {"type": "chat", "room": room, "content": "x", "reply_to": "one"},
                        {"type": "edit", "room": room, "content": "x"}, {"type": "edit", "room": room, "target": 1},
                        {"type": "edit", "room": room, "target": 1, "content": " "}, {"type": "delete", "room": room, "target": "1"},
                        {"type": "reaction", "room": room, "target": 1, "emoji": "👍", "action": "toggle"},
                        {"type": "reaction", "room": room, "target": 1, "action": "add"},
                        {"type": "reaction", "room": room, "target": 1, "emoji": "", "action": "add"},
                        {"type": "direct", "content": "x"}, {"type": "direct", "to": "Host"},
                        {"type": "read", "room": room}, {"type": "read", "room": room, "id": "x"},
                        {"type": "ping", "ref": "x" * 65}, {"type": "ping", "ref": 7}):
            with self.subTest(command=command):
                await self.assert_error(client, command, "invalid_field")
        pong = await client.request("ping", ref="y" * 64)
        self.assertEqual(pong["type"], "pong")

    async def test_not_joined(self):
        """§6 `error` `not_joined`: commands for a room one is not in."""
        room = await self.make_room()
        await self.publish(room, "uno")
        client = await self.chat(self.admin)
        for kind, fields in (("chat", {"content": "x"}), ("leave", {}), ("typing", {}), ("edit", {"target": 1, "content": "x"}),
                             ("delete", {"target": 1}), ("reaction", {"target": 1, "emoji": "👍", "action": "add"})):
            with self.subTest(kind=kind):
                answer = await client.request(kind, room=room, **fields)
                self.assertEqual((answer["type"], answer["code"]), ("error", "not_joined"), answer)

    async def test_too_large(self):
        """§6, §1 `limits.message_bytes` (16384, of `content` in UTF-8): one byte more is `too_large`."""
        room = await self.make_room()
        client = await self.joined(room)
        self.assertEqual((await client.request("chat", room=room, content="ñ" * 8192))["type"], "ack")
        answer = await client.request("chat", room=room, content="ñ" * 8192 + "x")
        self.assertEqual((answer["type"], answer["code"]), ("error", "too_large"))
        answer = await client.request("edit", room=room, target=1, content="x" * 16385)
        self.assertEqual((answer["type"], answer["code"]), ("error", "too_large"))

    async def test_hostile_json(self):
        """§6 Deep nesting, lone surrogates and NUL do no harm; the connection stays."""
        client = await self.chat(self.admin)
        await client.send_text("[" * 100000)
        await client.expect("error")
        await client.send_text('{"type":"chat","room":"general","content":"\\ud800","ref":"s"}')
        await client.answer("s")
        self.assertEqual((await client.request("ping"))["type"], "pong")


class NoCreatingTest(ContractCase):
    settings = {"rooms.create_by_joining": "false"}

    async def test_no_such_room(self):
        """§6 With `rooms.create_by_joining` false, joining a room that does not exist: `no_such_room`."""
        client = await self.chat(self.admin)
        answer = await client.request("join", room=self.fresh("missing"))
        self.assertEqual((answer["type"], answer["code"], answer["temporary"]), ("error", "no_such_room", False))


class TooManyRoomsTest(ContractCase):
    settings = {"limits.rooms": 3}

    async def test_too_many_rooms(self):
        """§6, §7 At most `limits.rooms`, else `too_many_rooms` (temporary); over HTTP 429 `too_many_rooms`."""
        client = await self.chat(self.admin)
        answers = []
        for _ in range(4):
            answers.append(await client.request("join", room=self.fresh("room")))
        self.assertEqual([a["type"] for a in answers], ["joined", "joined", "error", "error"])
        self.assertEqual((answers[-1]["code"], answers[-1]["temporary"]), ("too_many_rooms", True))
        answer = await self.call("POST", "/api/rooms", {"name": self.fresh("room")}, token=self.admin)
        self.assert_problem(answer, 429, "too_many_rooms")
        await client.request("leave", room=answers[0]["room"])

        async def again():
            return (await client.request("join", room=self.fresh("room")))["type"] == "joined"
        await self.until(again)
