# SPDX-FileCopyrightText: 2026 The Tertulia authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Section 6: the guarantees. What was acknowledged is there, once, in order, whatever happened between."""

import asyncio
import uuid

from harness.case import ContractCase


class RecoveryTest(ContractCase):
    async def room_of(self, count):
        room = await self.make_room()
        writer = await self.joined(room, self.admin)
        for number in range(1, count + 1):
            await writer.send("chat", room=room, content=f"m{number}")
        await writer.expect("chat", id=count)
        return room, writer

    async def join(self, room, **fields):
        client = await self.chat(self.admin)
        return await client.request("join", room=room, **fields)

    async def test_since(self):
        """§6 `join` with `since`: `recovered: true` and `entries`, every log entry after it in order."""
        room, writer = await self.room_of(4)
        await writer.request("edit", room=room, target=2, content="changed")
        await writer.request("reaction", room=room, target=1, emoji="👍", action="add")
        await writer.request("delete", room=room, target=3)
        joined = await self.join(room, since=3, epoch=writer.joined["epoch"])
        self.assertIs(joined["recovered"], True)
        self.assertNotIn("messages", joined)
        self.assertEqual([(e["type"], e["id"]) for e in joined["entries"]], [("chat", 4), ("edit", 5), ("reaction", 6), ("delete", 7)])
        self.assertEqual((joined["entries"][1]["target"], joined["entries"][1]["content"]), (2, "changed"))

    async def test_since_the_last(self):
        """§6 `since` at the last id: recovered, with no entries."""
        room, writer = await self.room_of(2)
        joined = await self.join(room, since=2, epoch=writer.joined["epoch"])
        self.assertEqual((joined["recovered"], joined["entries"]), (True, []))

    async def test_since_without_epoch(self):
        """§7 `since` without `epoch` is taken as of the current epoch; 0 means everything that is kept."""
        room, _ = await self.room_of(3)
        joined = await self.join(room, since=1)
        self.assertEqual((joined["recovered"], [e["id"] for e in joined["entries"]]), (True, [2, 3]))
        joined = await self.join(room, since=0)
        self.assertEqual((joined["recovered"], [e["id"] for e in joined["entries"]]), (True, [1, 2, 3]))

    async def test_other_epoch(self):
        """§6 Where the `epoch` differs: `recovered: false` and `messages`, never a part."""
        room, _ = await self.room_of(3)
        joined = await self.join(room, since=1, epoch="another")
        self.assertIs(joined["recovered"], False)
        self.assertNotIn("entries", joined)
        self.assertEqual([m["id"] for m in joined["messages"]], [1, 2, 3])

    async def test_since_of_the_future(self):
        """§6 A `since` that this log has not reached: `recovered: false` and `messages`."""
        room, writer = await self.room_of(2)
        joined = await self.join(room, since=3, epoch=writer.joined["epoch"])
        self.assertIs(joined["recovered"], False)
        self.assertEqual([m["id"] for m in joined["messages"]], [1, 2])

    async def test_at_most_a_thousand(self):
        """§6 At most 1000 entries are recovered; for more: `recovered: false` and `messages`, the last 50."""
        room, writer = await self.room_of(1001)
        joined = await self.join(room, since=1, epoch=writer.joined["epoch"])
        self.assertEqual((joined["recovered"], len(joined["entries"])), (True, 1000))
        self.assertEqual([e["id"] for e in joined["entries"]], list(range(2, 1002)))
        joined = await self.join(room, since=0, epoch=writer.joined["epoch"])
        self.assertIs(joined["recovered"], False)
        self.assertEqual([m["id"] for m in joined["messages"]], list(range(952, 1002)))

    async def test_no_gap_between_answer_and_live(self):
        """§6.3 With `since` a connection misses none and sees each entry once, in order, while others write."""
        room, writer = await self.room_of(5)
        stop = asyncio.Event()

        async def keep_writing():
            while not stop.is_set():
                await writer.request("chat", room=room, content="x")
        writing = asyncio.create_task(keep_writing())
        for _ in range(10):
            client = await self.chat(self.admin)
            joined = await client.request("join", room=room, since=5)
            ids = [e["id"] for e in joined["entries"]]
            while len(ids) < len(joined["entries"]) + 5:
                ids.append((await client.expect("chat"))["id"])
            self.assertEqual(ids, list(range(6, 6 + len(ids))))
            await client.close()
        stop.set()
        await writing

    async def test_remade_room(self):
        """§7 A room deleted and made again gets a new `epoch` and goes on counting; joining from before is not recovered."""
        room, writer = await self.room_of(3)
        old = writer.joined["epoch"]
        await self.call("DELETE", f"/api/rooms/{room}", token=self.admin)
        await self.make_room(name=room)
        joined = await self.join(room, since=2, epoch=old)
        self.assertIs(joined["recovered"], False)
        self.assertNotEqual(joined["epoch"], old)
        self.assertEqual(joined["messages"], [])
        self.assertEqual(await self.publish(room, "new"), 4)
        joined = await self.join(room, since=2)
        self.assertIs(joined["recovered"], False)
        self.assertEqual([m["id"] for m in joined["messages"]], [4])

    async def test_remade_room_has_forgotten_refs(self):
        """§7 A re-made room has forgotten the `ref`s of the old one."""
        room = await self.make_room()
        writer = await self.joined(room, self.admin)
        self.assertEqual((await writer.request("chat", room=room, content="x", ref="again"))["id"], 1)
        await self.call("DELETE", f"/api/rooms/{room}", token=self.admin)
        await self.make_room(name=room)
        writer = await self.joined(room, self.admin)
        self.assertEqual((await writer.request("chat", room=room, content="x", ref="again"))["id"], 2)

    async def test_own_join_does_not_count_against_the_queue(self):
        """§7 The answer to one's own `join` does not count against `limits.outbound_bytes`."""
        room = await self.make_room()
        writer = await self.joined(room, self.admin)
        for _ in range(300):
            await writer.send("chat", room=room, content="x" * 16000)
        await writer.expect("chat", id=300, patience=30)
        client = await self.chat(self.admin)
        joined = await client.request("join", room=room, since=0, patience=30)
        self.assertEqual([e["id"] for e in joined["entries"]], list(range(1, 301)))
        self.assertEqual((await client.request("ping"))["type"], "pong")


class IdempotenceTest(ContractCase):
    async def test_same_ref(self):
        """§6.2 The same user, room and `ref` gets the first `ack` again and adds no entry, from any connection."""
        room = await self.make_room()
        _, token = await self.guest()
        client, second = await self.joined(room, token), await self.joined(room, token)
        first = await client.request("chat", room=room, content="once", ref="r")
        for other in (client, second):
            again = await other.request("chat", room=room, content="once", ref="r")
            self.assertEqual({k: again[k] for k in ("type", "room", "id", "timestamp", "ref")},
                             {k: first[k] for k in ("type", "room", "id", "timestamp", "ref")})
        self.assertEqual((await client.say(room, "next"))["id"], first["id"] + 1)

    async def test_pipelined_ref(self):
        """§6.2 Also when both are sent before the first is stored."""
        room = await self.make_room()
        client = await self.joined(room)
        for _ in range(3):
            await client.send("chat", room=room, content="once", ref="r")
        acks = [await client.expect("ack") for _ in range(3)]
        self.assertEqual([ack["id"] for ack in acks], [1, 1, 1])
        self.assertEqual((await client.say(room, "next"))["id"], 2)

    async def test_other_user_room_or_ref(self):
        """§6.2 Another user, room or `ref` is another message."""
        room, other_room = await self.make_room(), await self.make_room()
        client, other = await self.joined(room), await self.joined(room)
        await client.request("join", room=other_room)
        self.assertEqual((await client.request("chat", room=room, content="x", ref="r"))["id"], 1)
        self.assertEqual((await other.request("chat", room=room, content="x", ref="r"))["id"], 2)
        self.assertEqual((await client.request("chat", room=other_room, content="x", ref="r"))["id"], 1)
        self.assertEqual((await client.request("chat", room=room, content="x", ref="r2"))["id"], 3)

    async def test_ref_survives_a_crash(self):
        """§6.1, §6.2 After a kill the entry is there and the same `ref` gets the first `ack` again."""
        room = await self.make_room()
        client = await self.joined(room, self.admin)
        first = await client.request("chat", room=room, content="once", ref="r")
        await self.restart()
        client = await self.joined(room, self.admin)
        again = await client.request("chat", room=room, content="once", ref="r")
        self.assertEqual((again["id"], again["timestamp"]), (first["id"], first["timestamp"]))

    async def test_edit_and_reaction_too(self):
        """§6.2 Edits and deletes with the same `ref` add no second entry."""
        room = await self.make_room()
        client = await self.joined(room)
        target = (await client.say(room, "uno"))["id"]
        first = await client.request("edit", room=room, target=target, content="dos", ref="e")
        again = await client.request("edit", room=room, target=target, content="dos", ref="e")
        self.assertEqual(again["id"], first["id"])
        self.assertEqual((await client.say(room, "next"))["id"], first["id"] + 1)


class CrashTest(ContractCase):
    async def test_acknowledged_is_stored(self):
        """§6.1 An `ack` means stored: after a kill at any moment every acknowledged entry is there, under its id, once; ids have no holes."""
        room = await self.make_room()
        acknowledged = {}
        for _ in range(4):
            client = await self.joined(room, self.admin)
            enough = asyncio.Event()

            async def write():
                while True:
                    text = uuid.uuid4().hex
                    await client.send("chat", room=room, content=text, ref=text)
                    await asyncio.sleep(0)

            async def read():
                count = 0
                while True:
                    frame = await client.receive()
                    if frame["type"] == "ack":
                        acknowledged[frame["id"]] = frame["ref"]
                        count += 1
                        if count == 100:
                            enough.set()
            tasks = [asyncio.create_task(write()), asyncio.create_task(read())]
            await asyncio.wait_for(enough.wait(), 10)
            self.server.kill()
            await asyncio.wait(tasks, return_when=asyncio.FIRST_EXCEPTION)
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            await self.http.close()
            self.server.start()
            await self.asyncSetUp()
        stored, after = {}, 0
        while True:
            page = await self.get(f"/api/rooms/{room}/messages", self.admin, after=after, limit=200)
            for message in page["messages"]:
                self.assertNotIn(message["id"], stored)
                stored[message["id"]] = message["content"]
                after = message["id"]
            if not page["has_more"]:
                break
        self.assertEqual(sorted(stored), list(range(1, len(stored) + 1)))
        self.assertEqual({number: stored.get(number) for number in acknowledged}, acknowledged)
        self.assertGreaterEqual(len(acknowledged), 400)

    async def test_epoch_survives(self):
        """§6 A log has an `epoch`, made with the room, which survives the process: recovery works over a kill."""
        room = await self.make_room()
        client = await self.joined(room, self.admin)
        await client.say(room, "uno")
        await client.say(room, "dos")
        await self.restart()
        again = await self.joined(room, self.admin, since=1, epoch=client.joined["epoch"])
        self.assertEqual((again.joined["recovered"], [e["id"] for e in again.joined["entries"]]), (True, [2]))
