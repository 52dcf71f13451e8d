# SPDX-FileCopyrightText: 2026 The Tertulia authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Section 5: the echo services, the game relay, the handshake and the close codes."""

import json

from harness.case import ContractCase
from harness.raw import BINARY, CLOSE, PING, PONG, TEXT, RawSocket

TIME = r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$"


class EchoServiceTest(ContractCase):
    async def test_welcome(self):
        """§5 `/ws`: on open `{"type":"welcome","message","timestamp"}`."""
        client = await self.socket("/ws")
        welcome = await client.receive()
        self.assertEqual(welcome["type"], "welcome")
        self.assertIsInstance(welcome["message"], str)
        self.assertRegex(welcome["timestamp"], TIME)
        self.assertNotIn("client_id", welcome)

    async def test_ping(self):
        """§5 `/ws`: `{"type":"ping"}` gets `{"type":"pong","timestamp"}`."""
        client = await self.socket("/ws")
        await client.send("ping")
        self.assertRegex((await client.expect("pong"))["timestamp"], TIME)

    async def test_message(self):
        """§5 `/ws`: `{"type":"message","content":X}` gets `{"type":"echo","data":X,"timestamp"}`, whatever X is."""
        client = await self.socket("/ws")
        for content in ("hola 👍", "", 7, 1.5, True, None, ["a", {"b": 1}], {"type": "ping"}):
            with self.subTest(content=content):
                await client.send("message", content=content)
                echo = await client.expect("echo")
                self.assertEqual(echo["data"], content)
                self.assertRegex(echo["timestamp"], TIME)

    async def test_what_it_does_not_understand(self):
        """§5 `/ws`: no JSON, no object, an unknown type: `{"type":"error","code","message"}` and the connection stays."""
        client = await self.socket("/ws")
        for text in ("hola", "{", "", "[1]", "7", "null", '"text"', '{"type":"nonsense"}', "{}", '{"type":7}'):
            with self.subTest(text=text):
                await client.send_text(text)
                error = await client.expect("error")
                self.assertTrue(error["code"] and error["message"])
        await client.send("ping")
        await client.expect("pong")

    async def test_binary(self):
        """§5 `/ws`: a binary frame comes back as it came."""
        client = await self.socket("/ws")
        await client.expect("welcome")
        data = bytes(range(256))
        await client.socket.send(data)
        self.assertEqual(await client.receive(), data)

    async def test_client_id(self):
        """§5, §7 `/ws/{client_id}`: the same with `"client_id": N` in the welcome; one or more digits."""
        for number in (0, 1, 42, 2147483648):
            client = await self.socket(f"/ws/{number}")
            self.assertEqual((await client.expect("welcome"))["client_id"], number)
            await client.send("message", content="x")
            self.assertEqual((await client.expect("echo"))["data"], "x")

    async def test_client_id_that_is_none(self):
        """§5 `/ws/{client_id}` that is not a whole number, and any unknown path: HTTP 404."""
        for path in ("/ws/abc", "/ws/1.5", "/ws/-1", "/ws/+1", "/ws/1x", "/ws/", "/ws/1/2", "/nothing", "/ws/game", "/ws/game/"):
            with self.subTest(path=path):
                raw = RawSocket(self.server.port)
                self.assertEqual(raw.upgrade(path), 404)
                raw.close()


class BareEchoTest(ContractCase):
    async def test_unchanged(self):
        """§5 `/ws/echo`: every text or binary message back unchanged; no welcome."""
        client = await self.socket("/ws/echo")
        for data in ("hola", "", b"", b"\x00\xff", '{"type":"ping"}', "👍" * 1000, bytes(70000)):
            await client.socket.send(data)
            self.assertEqual(await client.socket.recv(), data)

    async def test_sixteen_mebibytes(self):
        """§5 `/ws/echo`: up to 16 MiB; §7 one message may be larger than `limits.outbound_bytes`."""
        client = await self.socket("/ws/echo")
        data = bytes(16 << 20)
        await client.socket.send(data)
        self.assertEqual(await client.receive(patience=20), data)

    async def test_too_big(self):
        """§7 Any WebSocket message over 16 MiB: 1009, refused from the declared length, before it is buffered."""
        for path in ("/ws/echo", "/ws", "/ws/chat", "/ws/game/1?name=Big"):
            with self.subTest(path=path):
                raw = RawSocket(self.server.port)
                raw.upgrade(path if path != "/ws/chat" else f"/ws/chat?token={self.admin}")
                raw.send_frame(BINARY, b"", declared=(16 << 20) + 1)
                self.assertEqual(raw.read_close()[0], 1009)
                raw.close()

    async def test_too_big_in_pieces(self):
        """§7 A message whose fragments together pass 16 MiB: 1009."""
        raw = RawSocket(self.server.port, timeout=20)
        raw.upgrade("/ws/echo")
        piece = bytes(6 << 20)
        raw.send_frame(BINARY, piece, final=False)
        raw.send_frame(0, piece, final=False)
        raw.send_frame(0, b"", declared=6 << 20)
        self.assertEqual(raw.read_close()[0], 1009)
        raw.close()


class ProtocolTest(ContractCase):
    def raw(self, path):
        raw = RawSocket(self.server.port)
        self.addCleanup(raw.close)
        self.assertEqual(raw.upgrade(path), 101)
        return raw

    async def test_normal_close(self):
        """§5 1000: a close is answered by a close."""
        raw = self.raw("/ws/echo")
        raw.send_frame(CLOSE, (1000).to_bytes(2, "big"))
        self.assertEqual(raw.read_close()[0], 1000)

    async def test_protocol_error(self):
        """§5 1002: a reserved opcode, reserved bits, a broken fragment order, an unmasked frame."""
        for frame in (b"\x83\x80abcd", b"\xf1\x80abcd", b"\x80\x80abcd", b"\x81\x02hi", b"\x09\x80abcd"):
            with self.subTest(frame=frame):
                raw = self.raw("/ws/echo")
                raw.send(frame)
                self.assertEqual(raw.read_close()[0], 1002)

    async def test_not_utf8(self):
        """§5 1007: text that is not UTF-8."""
        for path in ("/ws/echo", "/ws", f"/ws/chat?token={self.admin}"):
            raw = self.raw(path)
            raw.send_frame(TEXT, b"\xc3\x28 not text")
            self.assertEqual(raw.read_close()[0], 1007)

    async def test_binary_where_only_text_is_spoken(self):
        """§5 1003: binary on `/ws/chat` and `/ws/notifications`."""
        for path in ("/ws/chat", "/ws/notifications"):
            raw = self.raw(f"{path}?token={self.admin}")
            raw.send_frame(BINARY, b"\x01")
            self.assertEqual(raw.read_close()[0], 1003)

    async def test_protocol_ping(self):
        """§5 RFC 6455: a ping is answered with its payload."""
        raw = self.raw("/ws/echo")
        raw.send_frame(PING, b"are you there")
        self.assertEqual(raw.read_frame(), (PONG, b"are you there"))

    async def test_fragments(self):
        """§5 RFC 6455: a fragmented message with a ping between is one message."""
        raw = self.raw("/ws/echo")
        raw.send_frame(TEXT, b"ho", final=False)
        raw.send_frame(PING, b"x")
        raw.send_frame(0, b"la")
        frames = [raw.read_frame(), raw.read_frame()]
        self.assertCountEqual(frames, [(PONG, b"x"), (TEXT, b"hola")])

    async def test_token_trouble_is_told_by_a_close_code(self):
        """§5 Trouble with the token is told after the upgrade by close code 4001."""
        for path in ("/ws/chat", "/ws/notifications", "/ws/game/1"):
            raw = self.raw(f"{path}?token=nonsense")
            self.assertEqual(raw.read_close()[0], 4001)
        self.assertEqual(self.raw("/ws/notifications").read_close()[0], 4001)


class HeartbeatTest(ContractCase):
    settings = {"heartbeat.interval_ms": 100, "heartbeat.timeout_ms": 400}

    async def test_the_server_pings(self):
        """§1 `heartbeat.interval_ms`: the server pings its WebSockets; who answers stays."""
        raw = RawSocket(self.server.port)
        self.addCleanup(raw.close)
        raw.upgrade("/ws/echo")
        for _ in range(8):  # twice the time-out
            opcode, payload = raw.read_frame()
            self.assertEqual(opcode, PING)
            raw.send_frame(PONG, payload)
        raw.send_frame(TEXT, b"still here")
        while (frame := raw.read_frame())[0] == PING:
            raw.send_frame(PONG, frame[1])
        self.assertEqual(frame, (TEXT, b"still here"))

    async def test_the_silent_are_dropped(self):
        """§1 `heartbeat.timeout_ms`: who answers nothing for that long is dropped."""
        raw = RawSocket(self.server.port)
        self.addCleanup(raw.close)
        raw.upgrade("/ws/echo")
        raw.wait_for_end()


class GameTest(ContractCase):
    async def enter(self, game, name):
        client = await self.socket(f"/ws/game/{game}", name=name)
        self.assertEqual((await client.expect("system", event="player_joined", player=name))["game"], game)
        return client

    async def test_relay(self):
        """§5 `/ws/game/{game_id}`: every text or binary message goes unchanged to the others in that game, and to them alone."""
        game, other = self.fresh("g"), self.fresh("g")
        names = [self.fresh("p") for _ in range(4)]
        one, two, three = [await self.enter(game, name) for name in names[:3]]
        outside = await self.enter(other, names[3])
        await one.expect("system", player=names[2])
        await two.expect("system", player=names[2])
        for data in ("move e4", b"\x00\x01", '{"type":"system"}', ""):
            await one.socket.send(data)
            for client in (two, three):
                self.assertEqual(await client.socket.recv(), data)
        await two.socket.send("from two")
        self.assertEqual(await one.socket.recv(), "from two")  # its own messages did not come back before this
        await outside.socket.send("alone")
        late = await self.enter(other, self.fresh("p"))
        await late.socket.send("to outside")
        seen = [await outside.expect("system"), await outside.socket.recv()]
        self.assertEqual(seen[1], "to outside")

    async def test_players(self):
        """§5, §7 `player_joined`, `player_left`: `{"type":"system","event","game","player","players"}`."""
        game, first_name, second_name = self.fresh("g"), self.fresh("p"), self.fresh("p")
        first = await self.socket(f"/ws/game/{game}", name=first_name)
        event = await first.expect("system", event="player_joined", player=first_name)
        self.assertEqual((event["game"], event["players"]), (game, [first_name]))
        second = await self.enter(game, second_name)
        event = await first.expect("system", event="player_joined", player=second_name)
        self.assertCountEqual(event["players"], [first_name, second_name])
        await second.close()
        event = await first.expect("system", event="player_left", player=second_name)
        self.assertEqual((event["game"], event["players"]), (game, [first_name]))

    async def test_by_token(self):
        """§5 `/ws/game/{game_id}?token=`: the player is the token's user."""
        game = self.fresh("g")
        name, token = await self.guest()
        client = await self.socket(f"/ws/game/{game}", token=token)
        self.assertEqual((await client.expect("system"))["player"], name)

    async def test_nothing_is_stored(self):
        """§5 A game stores nothing: who comes later gets no earlier message."""
        game = self.fresh("g")
        first = await self.enter(game, self.fresh("p"))
        await first.socket.send("early")
        await first.socket.send("early")
        second = await self.enter(game, self.fresh("p"))
        await first.socket.send("late")
        self.assertEqual(await second.socket.recv(), "late")


class GameLimitTest(ContractCase):
    settings = {"limits.messages_per_second": 2, "limits.burst": 3}

    async def test_refused_on_echo_and_game(self):
        """§7 The message rate holds on any path; a message refused on `/ws/echo` or in a game gets an `error` frame."""
        for path in ("/ws/echo", f"/ws/game/1?name={self.fresh('p')}", "/ws"):
            with self.subTest(path=path):
                raw = RawSocket(self.server.port)
                raw.upgrade(path)
                for _ in range(5):
                    raw.send_frame(TEXT, b'{"type":"message","content":"x"}')
                while True:
                    opcode, payload = raw.read_frame()
                    frame = json.loads(payload) if opcode == TEXT else {}
                    if frame.get("type") == "error":
                        break
                self.assertEqual((frame["code"], frame["temporary"]), ("rate_limited", True))
                self.assertGreater(frame["retry_ms"], 0)
                raw.close()
