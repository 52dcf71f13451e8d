# SPDX-FileCopyrightText: 2026 The Tertulia authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Section 2: accounts, sessions, names, the throttle, tickets."""

import asyncio
import os

from harness.case import PASSWORD, ContractCase

TIME = r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$"


class AccountTest(ContractCase):
    async def test_new_account(self):
        """§2 `POST /api/users`: 201 account + token."""
        name = self.fresh("Ana")
        answer = await self.call("POST", "/api/users", {"name": name, "password": PASSWORD})
        self.assertEqual(answer.status, 201, answer)
        self.assertEqual((answer.json["user"]["name"], answer.json["user"]["role"]), (name, "member"))
        self.assertEqual((await self.get("/api/session", answer.json["token"]))["user"]["name"], name)

    async def test_passwords_are_hashed(self):
        """§2 Passwords are stored with Argon2id, and nowhere as they were typed."""
        await self.member()
        kept = b""
        for folder, _, names in os.walk(self.server.data):
            for name in names:
                with open(os.path.join(folder, name), "rb") as file:
                    kept += file.read()
        self.assertIn(b"$argon2id$", kept)
        self.assertNotIn(PASSWORD.encode(), kept)
        self.assertNotIn(PASSWORD, self.server.log())

    async def test_name_taken(self):
        """§2 `POST /api/users`: 409 `name_taken`, ignoring case."""
        name, _ = await self.member()
        for taken in (name, name.upper()):
            answer = await self.call("POST", "/api/users", {"name": taken, "password": PASSWORD})
            self.assert_problem(answer, 409, "name_taken")

    async def test_weak_password(self):
        """§2 `POST /api/users`: 422 `weak_password` under 8 characters."""
        answer = await self.call("POST", "/api/users", {"name": self.fresh("Ana"), "password": "1234567"})
        self.assert_problem(answer, 422, "weak_password")
        answer = await self.call("POST", "/api/users", {"name": self.fresh("Ana"), "password": "12345678"})
        self.assertEqual(answer.status, 201, answer)

    async def test_names(self):
        """§2 Names: 1-32 characters, letters, digits, space, `_` `.` `-`, no leading or trailing space; 422 `invalid_name`."""
        for name in ("", "x" * 33, " Ana", "Ana ", "a/b", "a\nb", "<b>", "a@b", "\u202eana", "👍", "a\u0000b"):
            with self.subTest(bad=name):
                answer = await self.call("POST", "/api/users", {"name": name, "password": PASSWORD})
                self.assert_problem(answer, 422, "invalid_name")
        number = self.fresh("")
        for name in ("ñ" + number, "Ana María " + number, "a_b.c-" + number, "王" + number, "z" * (32 - len(number)) + number):
            with self.subTest(good=name):
                answer = await self.call("POST", "/api/session", {"name": name})
                self.assertEqual(answer.status, 201, answer)
                self.assertEqual(answer.json["user"]["name"], name)

    async def test_names_are_normalised(self):
        """§2 Names are compared after NFKC: the wide and the plain form are one name."""
        name = self.fresh("Wide")
        await self.member(name)
        wide = "".join(chr(ord(letter) + 0xFEE0) for letter in name)
        answer = await self.call("POST", "/api/users", {"name": wide, "password": PASSWORD})
        self.assert_problem(answer, 409, "name_taken")

    async def test_wrong_fields(self):
        """§3 Wrong fields in the bodies of accounts and sessions: 422 `invalid_field`."""
        for body in ({"name": self.fresh("Ana"), "password": 12345678}, {"name": self.fresh("Ana")}):
            answer = await self.call("POST", "/api/users", body)
            self.assertEqual(answer.status, 422, answer)
        self.assert_problem(await self.call("POST", "/api/users", {"name": self.fresh("Ana"), "password": 12345678}),
                            422, "invalid_field")
        self.assert_problem(await self.call("POST", "/api/session", {"name": self.fresh("Ana"), "password": []}),
                            422, "invalid_field")


class SessionTest(ContractCase):
    async def test_guest(self):
        """§2 `POST /api/session` without a password: 201 with token, expires_at and a user of role `guest`."""
        name = self.fresh("Eva")
        answer = await self.call("POST", "/api/session", {"name": name})
        self.assertEqual(answer.status, 201, answer)
        self.assertEqual({"token", "expires_at", "user"} & set(answer.json), {"token", "expires_at", "user"})
        self.assertRegex(answer.json["expires_at"], TIME)
        user = answer.json["user"]
        self.assertEqual((user["name"], user["role"]), (name, "guest"))
        self.assertIsInstance(user["id"], str)

    async def test_password(self):
        """§2 `POST /api/session` with the password: 201, role `member`, names ignoring case."""
        name, _ = await self.member()
        answer = await self.call("POST", "/api/session", {"name": name.upper(), "password": PASSWORD})
        self.assertEqual(answer.status, 201, answer)
        self.assertEqual((answer.json["user"]["name"], answer.json["user"]["role"]), (name, "member"))

    async def test_bad_credentials(self):
        """§2 401 `bad_credentials` for a wrong password, and the same for an account that does not exist."""
        name, _ = await self.member()
        wrong = await self.call("POST", "/api/session", {"name": name, "password": "not the password"})
        unknown = await self.call("POST", "/api/session", {"name": self.fresh("nobody"), "password": "not the password"})
        for answer in (wrong, unknown):
            self.assert_problem(answer, 401, "bad_credentials")
        self.assertEqual(wrong.json["detail"], unknown.json["detail"])

    async def test_name_taken(self):
        """§2 409 `name_taken`: in use by an account or a guest now online."""
        account, _ = await self.member()
        self.assert_problem(await self.call("POST", "/api/session", {"name": account}), 409, "name_taken")
        guest, token = await self.guest()
        await self.chat(token)
        self.assert_problem(await self.call("POST", "/api/session", {"name": guest.upper()}), 409, "name_taken")

    async def test_get(self):
        """§2, §7 `GET /api/session`: 200 `{"user":{"id","name","role"},"expires_at"}`; 401 without a token."""
        name, token = await self.guest()
        found = await self.get("/api/session", token)
        self.assertEqual((found["user"]["name"], found["user"]["role"]), (name, "guest"))
        self.assertRegex(found["expires_at"], TIME)
        self.assert_problem(await self.call("GET", "/api/session"), 401, "unauthorized")

    async def test_delete(self):
        """§2 `DELETE /api/session`: 204, the token is revoked at once and its connections are closed with 4001."""
        _, token = await self.member()
        chat = await self.chat(token)
        feed = await self.socket("/ws/notifications", token=token)
        stream = await self.ready_stream("/events", token)
        answer = await self.call("DELETE", "/api/session", token=token)
        self.assertEqual((answer.status, answer.body), (204, b""))
        self.assert_problem(await self.call("GET", "/api/session", token=token), 401, "unauthorized")
        self.assertEqual((await chat.closed())[0], 4001)
        self.assertEqual((await feed.closed())[0], 4001)
        await stream.ended()

    async def test_delete_spares_other_sessions(self):
        """§2 `DELETE /api/session` ends that token alone, not the user's others."""
        name, first = await self.member()
        second = (await self.call("POST", "/api/session", {"name": name, "password": PASSWORD})).json["token"]
        other = await self.chat(second)
        await self.call("DELETE", "/api/session", token=first)
        self.assertEqual(await other.barrier(), [])
        self.assertEqual((await self.get("/api/session", second))["user"]["name"], name)

    async def test_revocation_survives_the_process(self):
        """§2 A revoked `jti` stays invalid, after a kill too."""
        _, token = await self.member()
        await self.call("DELETE", "/api/session", token=token)
        await self.restart()
        self.assert_problem(await self.call("GET", "/api/session", token=token), 401, "unauthorized")

    async def test_cookie(self):
        """§2 `Set-Cookie: session=...; HttpOnly; SameSite=Strict; Path=/`, and the cookie presents the token."""
        answer = await self.call("POST", "/api/session", {"name": self.fresh("Eva")})
        pair, *flags = [part.strip() for part in answer.headers["Set-Cookie"].split(";")]
        self.assertEqual(pair, "session=" + answer.json["token"])
        self.assertLessEqual({"httponly", "samesite=strict", "path=/"}, {flag.lower() for flag in flags})
        found = await self.call("GET", "/api/session", headers={"Cookie": f"theme=dark; {pair}"})
        self.assertEqual(found.json["user"]["name"], answer.json["user"]["name"])

    async def test_order_of_the_places_of_a_token(self):
        """§2 `Authorization: Bearer T`, `?token=T` or the cookie `session=T`, looked at in that order."""
        (first, header), (second, query), (third, cookie) = [await self.guest() for _ in range(3)]
        jar = {"Cookie": f"session={cookie}"}
        both = f"/api/session?token={query}"
        for expected, token, path in ((first, header, both), (second, None, both), (third, None, "/api/session")):
            found = await self.call("GET", path, token=token, headers=jar)
            self.assertEqual(found.json["user"]["name"], expected)
        answer = await self.call("GET", "/api/session", token="nonsense", headers=jar)
        self.assert_problem(answer, 401, "unauthorized")

    async def test_expired_token_closes_connections(self):
        """§7 A connection whose token expires is closed with 4001; the token is no good from then on."""
        token = await asyncio.to_thread(self.server.token, self.fresh("Brief"), "member", 2)
        chat = await self.chat(token)
        self.assertEqual((await chat.closed())[0], 4001)
        self.assert_problem(await self.call("GET", "/api/session", token=token), 401, "unauthorized")


class JoinCodeTest(ContractCase):
    options = ("--join-code", "tapas")

    async def test_join_code_over_http(self):
        """§2 403 `bad_join_code` without the right join code; with it a guest enters."""
        for code in (None, "wrong", "TAPAS "):
            body = {"name": self.fresh("Eva"), **({"join_code": code} if code else {})}
            self.assert_problem(await self.call("POST", "/api/session", body), 403, "bad_join_code")
        answer = await self.call("POST", "/api/session", {"name": self.fresh("Eva"), "join_code": "tapas"})
        self.assertEqual(answer.status, 201, answer)

    async def test_join_code_over_the_socket(self):
        """§7 `/ws/chat` also takes `?join_code=`; a missing or wrong one closes with 4001 `bad_join_code`."""
        for code in (None, "wrong"):
            client = await self.chat(welcome=False, name=self.fresh("Eva"), join_code=code)
            self.assertEqual(await client.closed(), (4001, "bad_join_code"))
        client = await self.chat(name=self.fresh("Eva"), join_code="tapas")
        self.assertEqual(client.welcome["user"]["role"], "guest")


class ThrottleTest(ContractCase):
    async def test_ten_failures(self):
        """§2, §7 Ten failures in a minute for one name or one address: 429 `too_many_requests` with `Retry-After`."""
        name, token = await self.member()
        for _ in range(10):
            answer = await self.call("POST", "/api/session", {"name": name, "password": "not the password"})
            self.assert_problem(answer, 401, "bad_credentials")
        for body in ({"name": name, "password": PASSWORD}, {"name": name, "password": "not the password"},
                     {"name": self.fresh("other"), "password": "not the password"}):
            answer = await self.call("POST", "/api/session", body)
            self.assert_problem(answer, 429, "too_many_requests")
            self.assertGreater(int(answer.headers["Retry-After"]), 0)
            self.assertLessEqual(int(answer.headers["Retry-After"]), 60)
        self.assertEqual((await self.get("/api/session", token))["user"]["name"], name)


class OnlySignInsThrottleTest(ContractCase):
    async def test_other_failures_do_not_count(self):
        """§7 The ten failures are password and join-code sign-ins only: bad tokens and taken names throttle nobody."""
        name, _ = await self.member()
        for _ in range(12):
            self.assert_problem(await self.call("GET", "/api/session", token="nonsense"), 401, "unauthorized")
            self.assert_problem(await self.call("POST", "/api/session", {"name": name}), 409, "name_taken")
        answer = await self.call("POST", "/api/session", {"name": name, "password": PASSWORD})
        self.assertEqual(answer.status, 201, answer)


class TicketTest(ContractCase):
    async def ticket(self, token):
        answer = await self.call("POST", "/api/tickets", token=token)
        self.assertEqual(answer.status, 201, answer)
        self.assertRegex(answer.json["expires_at"], TIME)
        return answer.json["ticket"]

    async def test_ticket_on_a_socket(self):
        """§2 `POST /api/tickets`: stands for the caller's token once, as `?ticket=` on a WebSocket address."""
        name, token = await self.member()
        ticket = await self.ticket(token)
        client = await self.chat(ticket=ticket)
        self.assertEqual(client.welcome["user"]["name"], name)
        again = await self.chat(welcome=False, ticket=ticket)
        self.assertEqual((await again.closed())[0], 4001)

    async def test_ticket_on_a_stream(self):
        """§2, §4, §7 A ticket opens an SSE address, and serves one request."""
        _, token = await self.member()
        ticket = await self.ticket(token)
        await self.ready_stream("/events", ticket=ticket)
        self.assertEqual((await self.stream("/events", ticket=ticket)).status, 401)

    async def test_ticket_needs_a_token(self):
        """§2 `POST /api/tickets` without a token: 401."""
        self.assert_problem(await self.call("POST", "/api/tickets"), 401, "unauthorized")

    async def test_ticket_ends_with_its_session(self):
        """§2 A ticket stands for a token: when that is revoked, it opens nothing."""
        _, token = await self.member()
        ticket = await self.ticket(token)
        await self.call("DELETE", "/api/session", token=token)
        client = await self.chat(welcome=False, ticket=ticket)
        self.assertEqual((await client.closed())[0], 4001)
