# SPDX-FileCopyrightText: 2026 The Tertulia authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Section 6: who is in a room, and how the others hear of it."""

import asyncio

from harness.case import ContractCase


class PresenceTest(ContractCase):
    async def test_joins_and_leaves(self):
        """§6, §7 `system` `user_joined` and `user_left` with `{"user","member_count"}` to the room's members."""
        room = await self.make_room()
        watcher = await self.joined(room)
        name, token = await self.guest()
        client = await self.joined(room, token)
        event = await watcher.expect("system", event="user_joined", room=room, about=name)
        self.assertEqual(event["data"]["member_count"], 2)
        await client.request("leave", room=room)
        event = await watcher.expect("system", event="user_left", room=room)
        self.assertEqual((event["data"]["user"], event["data"]["member_count"]), (name, 1))

    async def test_first_and_last_connection(self):
        """§6 A user with several connections joins with the first and leaves with the last."""
        room = await self.make_room()
        watcher = await self.joined(room)
        name, token = await self.guest()
        first = await self.joined(room, token)
        await watcher.expect("system", event="user_joined", room=room, about=name)
        second = await self.joined(room, token)
        await first.request("leave", room=room)
        marker, marker_token = await self.guest()
        await self.joined(room, marker_token)
        await watcher.expect("system", event="user_joined", about=marker)
        self.assertEqual([f for f in watcher.pending if f["type"] == "system" and f["data"].get("user") == name], [])
        await second.request("leave", room=room)
        event = await watcher.expect("system", event="user_left", room=room)
        self.assertEqual(event["data"]["user"], name)

    async def test_members_are_people(self):
        """§6, §7 `members` lists each user once, with the number of connections; `member_count` counts users."""
        room = await self.make_room()
        name, token = await self.guest()
        await self.joined(room, token)
        joined = (await self.joined(room, token)).joined
        self.assertEqual(joined["member_count"], 1)
        self.assertEqual([(m["name"], m["connections"]) for m in joined["members"]], [(name, 2)])


class GraceTest(ContractCase):
    settings = {"presence.grace_ms": 60000}

    async def test_clean_close_is_told_at_once(self):
        """§6 A clean close is told at once, whatever the grace."""
        room = await self.make_room()
        watcher = await self.joined(room)
        name, token = await self.guest()
        client = await self.joined(room, token)
        await client.close()
        event = await watcher.expect("system", event="user_left", room=room)
        self.assertEqual(event["data"]["user"], name)

    async def test_back_within_the_grace(self):
        """§6 A lost connection that is back within `presence.grace_ms` is not told at all."""
        room = await self.make_room()
        watcher = await self.joined(room)
        name, token = await self.guest()
        client = await self.joined(room, token)
        await watcher.expect("system", event="user_joined", room=room, about=name)
        client.drop()

        async def dropped():
            live = (await self.get("/api/connections", self.admin))["connections"]
            return not any(c["user"] and c["user"].get("name") == name if isinstance(c["user"], dict) else c["user"] == name
                           for c in live)
        await self.until(dropped)
        back = await self.joined(room, token)
        self.assertEqual(back.joined["member_count"], 2)
        await back.say(room, "here again")
        await watcher.expect("chat")
        told = [f for f in await watcher.barrier() if f["type"] == "system" and f["data"].get("user") == name]
        self.assertEqual(told, [])


class ShortGraceTest(ContractCase):
    settings = {"presence.grace_ms": 300}

    async def test_lost_connection_is_told_after_the_grace(self):
        """§6 A lost connection is told after `presence.grace_ms`, not before."""
        room = await self.make_room()
        watcher = await self.joined(room)
        name, token = await self.guest()
        client = await self.joined(room, token)
        clock = asyncio.get_running_loop().time
        dropped = clock()
        client.drop()
        event = await watcher.expect("system", event="user_left", room=room)
        self.assertEqual(event["data"]["user"], name)
        self.assertGreaterEqual(clock() - dropped, 0.28)


class CrowdTest(ContractCase):
    async def test_more_than_two_hundred(self):
        """§6 In a room of more than 200 members, joins and leaves are one `presence` `{"room","member_count"}` at most once a second; `members` holds at most 200."""
        room = await self.make_room()
        watcher = await self.joined(room)
        crowd = []
        for _ in range(15):
            batch = [self.chat(name=self.fresh("p"), room=room) for _ in range(15)]
            crowd += await asyncio.gather(*batch)
        for client in crowd:
            await client.expect("joined")
        late = await self.joined(room)
        self.assertEqual(late.joined["member_count"], len(crowd) + 2)
        self.assertEqual(len(late.joined["members"]), 200)
        await watcher.expect("presence", room=room, member_count=len(crowd) + 2)
        await watcher.barrier()
        clock = asyncio.get_running_loop().time
        times = []
        for number in range(2):
            for client in crowd[number * 5:number * 5 + 5]:
                await client.close()
            frame = await watcher.expect("presence", room=room)
            times.append(clock())
            while frame["member_count"] != len(crowd) + 2 - 5 * (number + 1):
                frame = await watcher.expect("presence", room=room)
                times.append(clock())
        for before, after in zip(times, times[1:]):
            self.assertGreater(after - before, 0.7)
        told = [f for f in await watcher.barrier() if f["type"] == "system" and f["event"] in ("user_joined", "user_left")]
        self.assertEqual(told, [])
