# SPDX-FileCopyrightText: 2026 The Tertulia authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Section 6: entering, the commands and their answers, the entries."""

from harness.case import ContractCase

TIME = r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$"


class EnterTest(ContractCase):
    async def test_welcome(self):
        """§6 `welcome`: protocol 1, connection_id, user, server (name, version), heartbeat_ms, limits, rooms with unread."""
        name, token = await self.member()
        welcome = (await self.chat(token)).welcome
        self.assertEqual(welcome["protocol"], 1)
        self.assertIsInstance(welcome["connection_id"], str)
        self.assertEqual((welcome["user"]["name"], welcome["user"]["role"]), (name, "member"))
        self.assertTrue(welcome["server"]["name"] and welcome["server"]["version"])
        self.assertEqual(welcome["heartbeat_ms"], 25000)
        self.assertIsInstance(welcome["limits"], dict)
        general = next(room for room in welcome["rooms"] if room["name"] == "general")
        self.assertIn("unread", general)

    async def test_guest_without_a_token(self):
        """§5, §7 Without a token `name` enters as a guest, finds a `token` in `welcome` and comes back with it under the same name."""
        name = self.fresh("Eva")
        client = await self.chat(name=name)
        self.assertEqual((client.welcome["user"]["name"], client.welcome["user"]["role"]), (name, "guest"))
        await client.close()
        again = await self.chat(client.welcome["token"])
        self.assertEqual(again.welcome["user"]["id"], client.welcome["user"]["id"])

    async def test_made_up_name(self):
        """§5 Without a token and a name, a made-up name enters."""
        first, second = await self.chat(), await self.chat()
        names = [client.welcome["user"]["name"] for client in (first, second)]
        self.assertTrue(all(names))
        self.assertNotEqual(*names)

    async def test_room_joins_at_once(self):
        """§5 `room` joins at once, `since` and `epoch` with it."""
        room = await self.make_room()
        await self.publish(room, "uno")
        await self.publish(room, "dos")
        client = await self.chat(self.admin, room=room)
        joined = await client.expect("joined")
        self.assertEqual((joined["room"], joined["last_id"]), (room, 2))
        client = await self.chat(self.admin, room=room, since=1, epoch=joined["epoch"])
        joined = await client.expect("joined")
        self.assertEqual((joined["recovered"], [entry["id"] for entry in joined["entries"]]), (True, [2]))

    async def test_refused_names(self):
        """§7 A bad or taken name closes with 4001 and the reason slug `invalid_name` or `name_taken`."""
        account, _ = await self.member()
        online = self.fresh("Eva")
        await self.chat(name=online)
        for name, slug in (("a/b", "invalid_name"), ("x" * 33, "invalid_name"), (account.upper(), "name_taken"), (online, "name_taken")):
            client = await self.chat(welcome=False, name=name)
            self.assertEqual(await client.closed(), (4001, slug))

    async def test_guest_holds_the_name(self):
        """§7 A guest holds the name while the token lives and for a minute after the last connection."""
        name = self.fresh("Eva")
        client = await self.chat(name=name)
        await client.close()
        other = await self.chat(welcome=False, name=name)
        self.assertEqual(await other.closed(), (4001, "name_taken"))


class NoGuestsTest(ContractCase):
    settings = {"access.guests": "false"}

    async def test_guests_forbidden(self):
        """§7, §1 `access.guests` false: without a token the socket closes with 4001 `guests_forbidden`; accounts enter."""
        client = await self.chat(welcome=False, name=self.fresh("Eva"))
        self.assertEqual(await client.closed(), (4001, "guests_forbidden"))
        self.assert_problem(await self.call("POST", "/api/session", {"name": self.fresh("Eva")}), 403, "guests_forbidden")
        name, token = await self.member()
        self.assertEqual((await self.chat(token)).welcome["user"]["name"], name)


class CommandTest(ContractCase):
    async def test_join(self):
        """§6 `join` answers `joined`: room, topic, epoch, last_id, members, member_count, unread, messages."""
        room = await self.make_room(topic="Sobre nada")
        await self.publish(room, "uno")
        name, token = await self.guest()
        joined = (await self.joined(room, token)).joined
        self.assertEqual((joined["room"], joined["topic"], joined["last_id"], joined["member_count"]), (room, "Sobre nada", 1, 1))
        self.assertTrue(joined["epoch"])
        self.assertIn("unread", joined)
        member = joined["members"][0]
        self.assertEqual((member["name"], member["role"], member["connections"]), (name, "guest", 1))
        self.assertRegex(member["since"], TIME)
        message = joined["messages"][0]
        self.assertEqual((message["id"], message["room"], message["user"], message["content"]), (1, room, "Host", "uno"))

    async def test_join_brings_the_last_fifty_messages(self):
        """§6, §7 `messages`: the last 50 messages (not entries) as they now stand."""
        room = await self.make_room()
        writer = await self.joined(room, self.admin)
        for number in range(1, 56):
            await writer.send("chat", room=room, content=f"m{number}")
        await writer.expect("chat", id=55)
        for target in (55, 54):
            await writer.request("reaction", room=room, target=target, emoji="👍", action="add")
        await writer.request("edit", room=room, target=53, content="changed")
        await writer.request("delete", room=room, target=52)
        joined = (await self.joined(room)).joined
        self.assertEqual([m["id"] for m in joined["messages"]], [*range(5, 52), 53, 54, 55])
        self.assertEqual(joined["messages"][-3]["content"], "changed")
        self.assertEqual(joined["messages"][-1]["reactions"], {"👍": ["Host"]})
        self.assertEqual(joined["last_id"], 59)

    async def test_join_makes_a_room(self):
        """§6, §7 Joining a room that does not exist makes it, public, told to every chat connection as `room_created`."""
        watcher = await self.chat(self.admin)
        room = self.fresh("made")
        await self.joined(room)
        event = await watcher.expect("system", event="room_created")
        self.assertEqual((event["data"]["name"], event["data"]["private"]), (room, False))

    async def test_owner_of_a_room_made_by_joining(self):
        """§7 A room made by joining belongs to who made it, if a member; to the admin, if a guest."""
        _, member = await self.member()
        _, guest = await self.guest()
        for token, status in ((member, 200), (guest, 403)):
            room = self.fresh("made")
            await self.joined(room, token)
            answer = await self.call("PATCH", f"/api/rooms/{room}", {"topic": "mine"}, token=token)
            self.assertEqual(answer.status, status, answer)

    async def test_empty_room_made_by_joining_goes(self):
        """§6 A room made by joining goes again when its last member leaves and nothing was said in it; else it stays."""
        async def listed(room):
            return room in [found["name"] for found in (await self.get("/api/rooms", self.admin))["rooms"]]
        silent, spoken = self.fresh("silent"), self.fresh("spoken")
        client = await self.joined(silent)
        await client.request("join", room=spoken)
        await client.say(spoken, "hola")
        await client.request("leave", room=silent)
        await client.request("leave", room=spoken)

        async def gone():
            return not await listed(silent)
        await self.until(gone)
        self.assertTrue(await listed(spoken))
        made = await self.make_room()
        await client.request("join", room=made)
        await client.request("leave", room=made)
        await client.barrier()
        self.assertTrue(await listed(made))

    async def test_bad_room_names(self):
        """§7, §2 Joining under a bad name: `error` `invalid_name`; names are one room ignoring case."""
        client = await self.chat(self.admin)
        for name in ("", "a b", "x" * 65, "a/b"):
            answer = await client.request("join", room=name)
            self.assertEqual((answer["type"], answer["code"]), ("error", "invalid_name"), answer)
        room = await self.make_room()
        self.assertEqual((await client.request("join", room=room.upper()))["room"], room)

    async def test_leave(self):
        """§6 `leave` answers `left`; afterwards nothing of the room comes and nothing goes in."""
        room = await self.make_room()
        client = await self.joined(room)
        other = await self.joined(room)
        answer = await client.request("leave", room=room)
        self.assertEqual((answer["type"], answer["room"]), ("left", room))
        await other.say(room, "unheard")
        self.assertEqual([f for f in await client.barrier() if f["type"] == "chat"], [])
        answer = await client.request("chat", room=room, content="x")
        self.assertEqual((answer["type"], answer["code"]), ("error", "not_joined"))

    async def test_chat(self):
        """§6 `chat` answers `ack` with room, id, timestamp, ref; the entry goes to every connection in the room, the sender's too."""
        room = await self.make_room()
        name, token = await self.guest()
        sender, reader = await self.joined(room, token), await self.joined(room)
        second = await self.joined(room, token)
        ack = await sender.request("chat", room=room, content="¡Hola! 👍", ref="r-1")
        self.assertEqual((ack["type"], ack["room"], ack["id"], ack["ref"]), ("ack", room, 1, "r-1"))
        self.assertRegex(ack["timestamp"], TIME)
        for client in (sender, reader, second):
            entry = await client.expect("chat")
            self.assertEqual({key: entry[key] for key in ("type", "room", "id", "user", "content", "timestamp")},
                             {"type": "chat", "room": room, "id": 1, "user": name, "content": "¡Hola! 👍", "timestamp": ack["timestamp"]})

    async def test_ids_without_holes(self):
        """§6 Ids are 1, 2, 3 ... in its room, never reused, no holes; all see the same entries in the same order, each once."""
        room, other = await self.make_room(), await self.make_room()
        clients = [await self.joined(room) for _ in range(4)]
        await clients[0].request("join", room=other)
        for number in range(25):
            for index, client in enumerate(clients):
                await client.send("chat", room=room, content=f"{index}:{number}")
            await clients[0].send("chat", room=other, content="beside")
        seen = []
        for client in clients:
            await client.expect("chat", room=room, id=100)
            frames = [f for f in client.pending if f["type"] == "chat" and f["room"] == room]
            self.assertEqual([f["id"] for f in frames], list(range(1, 100)))
            seen.append([f["content"] for f in frames])
        self.assertTrue(all(order == seen[0] for order in seen))
        self.assertEqual((await clients[0].expect("chat", room=other, id=25))["content"], "beside")

    async def test_acks_in_order(self):
        """§7 Acks of one connection come in sending order."""
        room = await self.make_room()
        client = await self.joined(room)
        for number in range(50):
            await client.send("chat", room=room, content="x", ref=f"n{number}")
        refs = []
        while len(refs) < 50:
            frame = await client.receive()
            if frame["type"] == "ack":
                refs.append(frame["ref"])
        self.assertEqual(refs, [f"n{number}" for number in range(50)])

    async def test_reply(self):
        """§6 `reply_to` names an entry of the room and stands in the entry; one that is not there: `no_such_entry`."""
        room = await self.make_room()
        client = await self.joined(room)
        first = (await client.say(room, "uno"))["id"]
        ack = await client.request("chat", room=room, content="dos", reply_to=first)
        self.assertEqual((await client.expect("chat", id=ack["id"]))["reply_to"], first)
        answer = await client.request("chat", room=room, content="tres", reply_to=999)
        self.assertEqual((answer["type"], answer["code"]), ("error", "no_such_entry"))

    async def test_edit(self):
        """§6 `edit` is an entry with `target` and `content`; own entries, or admin."""
        room = await self.make_room()
        name, token = await self.guest()
        client, other = await self.joined(room, token), await self.joined(room)
        admin = await self.joined(room, self.admin)
        target = (await client.say(room, "uno"))["id"]
        ack = await client.request("edit", room=room, target=target, content="dos")
        self.assertEqual((ack["type"], ack["id"]), ("ack", 2))
        entry = await other.expect("edit")
        self.assertEqual((entry["room"], entry["id"], entry["user"], entry["target"], entry["content"]), (room, 2, name, target, "dos"))
        self.assertRegex(entry["timestamp"], TIME)
        answer = await other.request("edit", room=room, target=target, content="mine now")
        self.assertEqual((answer["type"], answer["code"], answer["temporary"]), ("error", "forbidden", False))
        self.assertEqual((await admin.request("edit", room=room, target=target, content="tres"))["type"], "ack")

    async def test_delete(self):
        """§6 `delete` is an entry with `target`; own entries, or admin; the message no longer stands in the room."""
        room = await self.make_room()
        client, other = await self.joined(room), await self.joined(room)
        target = (await client.say(room, "regretted"))["id"]
        answer = await other.request("delete", room=room, target=target)
        self.assertEqual((answer["type"], answer["code"]), ("error", "forbidden"))
        ack = await client.request("delete", room=room, target=target)
        entry = await other.expect("delete")
        self.assertEqual((entry["id"], entry["target"]), (ack["id"], target))
        again = await self.joined(room)
        self.assertEqual(again.joined["messages"], [])
        second = (await other.say(room, "by another"))["id"]
        admin = await self.joined(room, self.admin)
        self.assertEqual((await admin.request("delete", room=room, target=second))["type"], "ack")

    async def test_targets_that_are_not_there(self):
        """§6 `no_such_entry`: an unknown target, one of another kind, one deleted."""
        room = await self.make_room()
        client = await self.joined(room)
        target = (await client.say(room, "uno"))["id"]
        reaction = await client.request("reaction", room=room, target=target, emoji="👍", action="add")
        gone = (await client.say(room, "dos"))["id"]
        await client.request("delete", room=room, target=gone)
        for bad in (999, 0, reaction["id"], gone):
            for kind, fields in (("edit", {"content": "x"}), ("delete", {}), ("reaction", {"emoji": "👍", "action": "add"})):
                with self.subTest(kind=kind, target=bad):
                    answer = await client.request(kind, room=room, target=bad, **fields)
                    self.assertEqual((answer["type"], answer["code"]), ("error", "no_such_entry"), answer)

    async def test_reaction(self):
        """§6 `reaction` is an entry with `target`, `emoji`, `action`; anyone in the room may."""
        room = await self.make_room()
        client, other = await self.joined(room), await self.joined(room)
        target = (await client.say(room, "uno"))["id"]
        ack = await other.request("reaction", room=room, target=target, emoji="🎉", action="add")
        entry = await client.expect("reaction")
        self.assertEqual((entry["id"], entry["target"], entry["emoji"], entry["action"]), (ack["id"], target, "🎉", "add"))
        ack = await other.request("reaction", room=room, target=target, emoji="🎉", action="remove")
        entry = await client.expect("reaction")
        self.assertEqual((entry["id"], entry["action"]), (ack["id"], "remove"))
        message, = (await self.get(f"/api/rooms/{room}/messages", self.admin))["messages"]
        self.assertFalse(message.get("reactions"))

    async def test_repeated_reaction(self):
        """§7 A repeated reaction: `ack` of the first, no entry. Removing one that is not there: `ack` with the room's `last_id`."""
        room = await self.make_room()
        client = await self.joined(room)
        target = (await client.say(room, "uno"))["id"]
        fields = {"room": room, "target": target, "emoji": "👍"}
        first = await client.request("reaction", action="add", **fields)
        again = await client.request("reaction", action="add", **fields)
        self.assertEqual((again["type"], again["id"]), ("ack", first["id"]))
        removed = await client.request("reaction", action="remove", **fields)
        again = await client.request("reaction", action="remove", **fields)
        self.assertEqual((again["type"], again["id"]), ("ack", removed["id"]))
        never = await client.request("reaction", room=room, target=target, emoji="🎉", action="remove")
        self.assertEqual((never["type"], never["id"]), ("ack", removed["id"]))
        self.assertEqual((await client.say(room, "next"))["id"], removed["id"] + 1)

    async def test_mentions(self):
        """§7 Mentions: `@name`, longest matching name of someone who may read the room; a name ends where no letter or digit follows."""
        stem = self.fresh("Ana")
        await self.member(stem)
        longer = stem + " Belén"
        await self.member(longer)
        room = await self.make_room()
        client = await self.joined(room)

        async def mentioned(content):
            ack = await client.request("chat", room=room, content=content)
            return (await client.expect("chat", id=ack["id"])).get("mentions", [])
        self.assertEqual(await mentioned(f"hola @{stem}, ven"), [stem])
        self.assertEqual(await mentioned(f"hola @{longer}!"), [longer])
        self.assertEqual(await mentioned(f"hola @{stem.lower()}"), [stem])
        self.assertEqual(await mentioned(f"hola @{stem}bel"), [])
        self.assertEqual(await mentioned(f"hola @{stem}7"), [])
        self.assertEqual(await mentioned("hola @nobody-of-that-name"), [])
        self.assertCountEqual(await mentioned(f"@{stem} @{longer} @{stem}"), [stem, longer])

    async def test_direct(self):
        """§6, §7 `direct`: `ack` with the private `room` the two share; every connection of both gets the entry without joining."""
        (one, one_token), (two, two_token) = await self.member(), await self.member()
        sender, second = await self.chat(one_token), await self.chat(one_token)
        receiver, outsider = await self.chat(two_token), await self.chat((await self.member())[1])
        ack = await sender.request("direct", to=two, content="psst")
        self.assertEqual((ack["type"], ack["id"]), ("ack", 1))
        room = ack["room"]
        for client in (sender, second, receiver):
            entry = await client.expect("chat", room=room)
            self.assertEqual((entry["user"], entry["content"]), (one, "psst"))
        back = await receiver.request("direct", to=one.upper(), content="¿qué?")
        self.assertEqual((back["room"], back["id"]), (room, 2))
        await sender.expect("chat", id=2)
        self.assertEqual([f for f in await outsider.barrier() if f["type"] != "system"], [])
        answer = await outsider.request("join", room=room)
        self.assertEqual(answer["code"], "no_such_room")
        listed = {r["name"]: r for r in (await self.get("/api/rooms", two_token))["rooms"]}
        self.assertTrue(listed[room]["private"])

    async def test_direct_to_nobody(self):
        """§6 `direct` to someone who is not there: `no_such_user`."""
        client = await self.chat(self.admin)
        answer = await client.request("direct", to=self.fresh("nobody"), content="x")
        self.assertEqual((answer["type"], answer["code"]), ("error", "no_such_user"))

    async def test_typing(self):
        """§6, §7 `typing`: no answer; others get `{"type":"typing","room","user"}` at most once in 3 s a user, and it is no entry."""
        room = await self.make_room()
        name, token = await self.guest()
        client, other = await self.joined(room, token), await self.joined(room)
        for _ in range(3):
            await client.send("typing", room=room)
        await client.barrier()
        frame = await other.expect("typing")
        self.assertEqual((frame["room"], frame["user"]), (room, name))
        self.assertNotIn("id", frame)
        self.assertEqual([f for f in await other.barrier() if f["type"] == "typing"], [])
        self.assertEqual([f for f in await client.barrier() if f["type"] == "typing"], [])

    async def test_read(self):
        """§6, §7 `read` moves this user's unread mark, without an answer; the user's other connections get `{"type":"read","room","id"}`."""
        room = await self.make_room()
        _, token = await self.member()
        client, second = await self.joined(room, token), await self.joined(room, token)
        writer = await self.joined(room, self.admin)
        for _ in range(5):
            await writer.say(room, "x")
        await client.send("read", room=room, id=3)
        frame = await second.expect("read")
        self.assertEqual((frame["room"], frame["id"]), (room, 3))
        self.assertEqual([f for f in await writer.barrier() if f["type"] == "read"], [])
        self.assertEqual([f for f in await client.barrier() if f["type"] in ("read", "ack")], [])
        third = await self.joined(room, token)
        self.assertEqual(third.joined["unread"], 2)
        mine = next(r for r in third.welcome["rooms"] if r["name"] == room)
        self.assertEqual(mine["unread"], 2)

    async def test_ping(self):
        """§6 `ping` gets `pong` with `timestamp`; `ref` comes back."""
        client = await self.chat(self.admin)
        pong = await client.request("ping", ref="p-1")
        self.assertEqual((pong["type"], pong["ref"]), ("pong", "p-1"))
        self.assertRegex(pong["timestamp"], TIME)
        await client.send("ping")
        self.assertNotIn("ref", await client.expect("pong"))

    async def test_fields_not_named_are_ignored(self):
        """Preamble: a command may carry fields that the page does not name."""
        room = await self.make_room()
        client = await self.joined(room)
        self.assertEqual((await client.request("chat", room=room, content="x", colour="red", id=77))["type"], "ack")
