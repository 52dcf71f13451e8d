# SPDX-FileCopyrightText: 2026 The Tertulia authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Section 3: what holds for every call, the pages and the documents."""

import asyncio
import re

from harness.case import ContractCase
from harness.raw import RawSocket

PAGES = ("/", "/j/tapas", "/echo", "/dashboard", "/docs")


class ErrorTest(ContractCase):
    settings = {"limits.upload_bytes": 100000}

    async def test_unknown_path(self):
        """§3 Unknown path: 404 `not_found`, as `application/problem+json`."""
        for path in ("/nothing", "/api", "/api/nothing", "/api/rooms/general/nothing", "/events/nothing", "/files/1"):
            with self.subTest(path=path):
                self.assert_problem(await self.call("GET", path, token=self.admin), 404, "not_found")

    async def test_wrong_method(self):
        """§3 Wrong method: 405 `method_not_allowed` with `Allow`."""
        for method, path, allowed in (("POST", "/healthz", "GET"), ("PUT", "/api/rooms", "POST"),
                                      ("DELETE", "/api/users", "POST"), ("GET", "/api/tickets", "POST"),
                                      ("POST", "/events", "GET"), ("GET", "/api/rooms/general", "PATCH")):
            with self.subTest(method=method, path=path):
                answer = await self.call(method, path, token=self.admin)
                self.assert_problem(answer, 405, "method_not_allowed")
                self.assertIn(allowed, [name.strip() for name in answer.headers["Allow"].split(",")])

    async def test_not_json(self):
        """§3 A body that is not JSON: 400 `invalid_json`."""
        for data in (b"{", b"", b"\xff\xfe", b"{'a':1}"):
            with self.subTest(data=data):
                answer = await self.call("POST", "/api/rooms", token=self.admin, data=data,
                                         headers={"Content-Type": "application/json"})
                self.assert_problem(answer, 400, "invalid_json")

    async def test_wrong_fields(self):
        """§3 Wrong fields: 422 `invalid_field`."""
        for body in ({}, [], {"name": 7}, {"name": self.fresh("r"), "private": "yes"}, {"name": self.fresh("r"), "slow_mode_s": -1},
                     {"name": self.fresh("r"), "topic": ["x"]}):
            with self.subTest(body=body):
                self.assert_problem(await self.call("POST", "/api/rooms", body, token=self.admin), 422, "invalid_field")

    async def test_too_large(self):
        """§3 Body too large: 413 `too_large`, told from the declared length."""
        raw = RawSocket(self.server.port)
        self.addCleanup(raw.close)
        status, headers = raw.request("POST", "/api/rooms", {
            "Authorization": f"Bearer {self.admin}", "Content-Type": "application/json", "Content-Length": str(1 << 30)})
        self.assertEqual(status, 413)
        self.assertEqual(headers["content-type"].split(";")[0], "application/problem+json")

    async def test_no_token(self):
        """§3 No token where one is needed: 401 `unauthorized`, for every call of a user or an admin."""
        for method, path in (("GET", "/api/session"), ("DELETE", "/api/session"), ("POST", "/api/tickets"), ("GET", "/api/rooms"),
                             ("GET", "/api/rooms/general/members"), ("GET", "/api/rooms/general/messages"),
                             ("GET", "/api/rooms/general/export"), ("GET", "/api/notifications"), ("GET", "/api/connections"),
                             ("GET", "/api/connections/1"), ("DELETE", "/api/connections/1"), ("GET", "/api/bans"),
                             ("DELETE", "/api/bans/1"), ("GET", "/api/door"), ("GET", "/api/stats"), ("GET", "/events"),
                             ("GET", "/events/rooms/general"), ("GET", "/events/metrics"), ("GET", "/events/logs"),
                             ("DELETE", "/api/rooms/general"), ("DELETE", "/api/rooms/general/members/Ana")):
            with self.subTest(method=method, path=path):
                self.assert_problem(await self.call(method, path), 401, "unauthorized")
        for path in ("/api/rooms", "/api/rooms/general/messages", "/api/notifications", "/api/bans", "/api/door/1"):
            with self.subTest(path=path):
                self.assert_problem(await self.call("POST", path, {}), 401, "unauthorized")

    async def test_admins_calls(self):
        """§3 Not allowed: 403 `forbidden`, for every call of an admin when a member makes it."""
        _, token = await self.member()
        for method, path, body in (("GET", "/api/connections", None), ("GET", "/api/connections/1", None),
                                   ("DELETE", "/api/connections/1", None), ("GET", "/api/bans", None),
                                   ("POST", "/api/bans", {"name": "Ana"}), ("DELETE", "/api/bans/1", None),
                                   ("GET", "/api/door", None), ("POST", "/api/door/1", {"admit": True}),
                                   ("GET", "/api/stats", None), ("GET", "/events/metrics", None), ("GET", "/events/logs", None),
                                   ("POST", "/api/notifications", {"title": "a", "body": "b"}),
                                   ("GET", "/api/rooms/general/export", None)):
            with self.subTest(method=method, path=path):
                self.assert_problem(await self.call(method, path, body, token=token), 403, "forbidden")

    async def test_content_type(self):
        """§3, §7 A body needs `Content-Type: application/json`, else 415 `unsupported_media_type`; a charset is no harm."""
        for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"):
            answer = await self.call("POST", "/api/session", data=b'{"name":"Eva"}', headers={"Content-Type": kind})
            self.assert_problem(answer, 415, "unsupported_media_type")
        answer = await self.call("POST", "/api/session", {"name": self.fresh("Eva")},
                                 headers={"Content-Type": "application/json; charset=utf-8"})
        self.assertEqual(answer.status, 201, answer)

    async def test_head(self):
        """§3 HEAD answers as GET without the body."""
        raw = RawSocket(self.server.port)
        self.addCleanup(raw.close)
        for path in (*PAGES, "/healthz", "/openapi.json"):
            with self.subTest(path=path):
                got = await self.call("GET", path)
                status, headers = raw.request("HEAD", path)
                self.assertEqual(status, got.status)
                self.assertEqual(headers["content-type"], got.headers["Content-Type"])
        # Had a body come with any of them, this answer would not begin where it does.
        status, _ = raw.request("GET", "/healthz")
        self.assertEqual(status, 200)

    async def test_options(self):
        """§3 OPTIONS answers with `Allow`."""
        for path, allowed in (("/api/rooms", {"GET", "POST"}), ("/healthz", {"GET"}), ("/api/session", {"GET", "POST", "DELETE"})):
            answer = await self.call("OPTIONS", path)
            self.assertIn(answer.status, (200, 204), answer)
            self.assertLessEqual(allowed, {name.strip() for name in answer.headers["Allow"].split(",")})

    async def test_fields_not_named_are_ignored(self):
        """Preamble: JSON objects may carry fields that this page does not name; readers ignore what they don't know."""
        name = self.fresh("room")
        answer = await self.call("POST", "/api/rooms", {"name": name, "colour": "red"}, token=self.admin)
        self.assertEqual(answer.status, 201, answer)


class OriginTest(ContractCase):
    settings = {"access.origins": "https://friend.example"}

    async def test_foreign_origin(self):
        """§3, §5, §7 A change whose `Origin` is foreign: 403 `bad_origin`; this host with another port is foreign."""
        own = self.server.origin
        for origin in ("https://evil.example", "null", f"http://127.0.0.1:{self.server.port + 1}", "http://127.0.0.1",
                       own + ".evil.example", "https://friend.example.evil.example",
                       "http://friend.example", "https://sub.friend.example"):
            with self.subTest(origin=origin):
                answer = await self.call("POST", "/api/session", {"name": self.fresh("Eva")}, headers={"Origin": origin})
                self.assert_problem(answer, 403, "bad_origin")
        for origin in (own, "https://friend.example"):
            answer = await self.call("POST", "/api/session", {"name": self.fresh("Eva")}, headers={"Origin": origin})
            self.assertEqual(answer.status, 201, answer)

    async def test_cors(self):
        """§3 CORS headers are sent to `access.origins` alone."""
        friend = await self.call("GET", "/healthz", headers={"Origin": "https://friend.example"})
        self.assertEqual(friend.headers["Access-Control-Allow-Origin"], "https://friend.example")
        for origin in ("https://evil.example", None):
            answer = await self.call("GET", "/healthz", headers={"Origin": origin} if origin else {})
            self.assertNotIn("Access-Control-Allow-Origin", answer.headers)
        asked = {"Origin": "https://friend.example", "Access-Control-Request-Method": "POST",
                 "Access-Control-Request-Headers": "content-type"}
        preflight = await self.call("OPTIONS", "/api/session", headers=asked)
        self.assertIn(preflight.status, (200, 204))
        self.assertIn("POST", preflight.headers["Access-Control-Allow-Methods"])
        self.assertIn("content-type", preflight.headers["Access-Control-Allow-Headers"].lower())

    async def test_origin_of_a_handshake(self):
        """§5 A handshake whose `Origin` is neither absent nor this host nor in `access.origins` gets 403."""
        for path in ("/ws", "/ws/echo", "/ws/chat", "/ws/notifications", "/ws/game/1"):
            for origin, status in (("https://evil.example", 403), ("null", 403), (f"http://127.0.0.1:{self.server.port + 1}", 403),
                                   (None, 101), (self.server.origin, 101), ("https://friend.example", 101)):
                with self.subTest(path=path, origin=origin):
                    raw = RawSocket(self.server.port)
                    self.assertEqual(raw.upgrade(path, {"Origin": origin} if origin else {}), status)
                    raw.close()


class PageTest(ContractCase):
    async def test_pages(self):
        """§3 `GET /` `/j/{join_code}` `/echo` `/dashboard` `/docs`: HTML, for all."""
        for path in PAGES:
            with self.subTest(path=path):
                answer = await self.call("GET", path)
                self.assertEqual(answer.status, 200, answer)
                self.assertTrue(answer.headers["Content-Type"].lower().startswith("text/html"), answer.headers)
                self.assertIn("<html", answer.text.lower())

    async def test_page_headers(self):
        """§3 Pages carry a Content-Security-Policy without inline code, `nosniff`, `Referrer-Policy: no-referrer`."""
        for path in PAGES:
            with self.subTest(path=path):
                answer = await self.call("GET", path)
                policy = answer.headers["Content-Security-Policy"]
                self.assertNotIn("unsafe-inline", policy)
                self.assertNotIn("unsafe-eval", policy)
                self.assertTrue(re.search(r"(script|default)-src 'self'", policy), policy)
                self.assertEqual(answer.headers["X-Content-Type-Options"], "nosniff")
                self.assertEqual(answer.headers["Referrer-Policy"], "no-referrer")
                self.assertFalse(re.search(r"<script(?![^>]*\bsrc=)[^>]*>\s*\S", answer.text), "inline code")
                self.assertFalse(re.search(r"\son[a-z]+\s*=\s*[\"']", answer.text), "an inline handler")

    async def test_pages_are_whole_offline(self):
        """§3 The pages and all they load come from this server, the documentation too."""
        for path in PAGES:
            answer = await self.call("GET", path)
            for reference in re.findall(r"(?:src|href)=[\"']([^\"'#]+)", answer.text):
                with self.subTest(path=path, reference=reference):
                    self.assertNotRegex(reference, r"^(https?:)?//")
                    if reference.startswith("data:"):
                        continue
                    base = path if path.endswith("/") else path.rsplit("/", 1)[0] + "/"
                    target = reference if reference.startswith("/") else base + reference
                    self.assertEqual((await self.call("GET", target)).status, 200)

    async def test_healthz(self):
        """§3 `GET /healthz`: 200 `{"status":"ok","version"}` for all."""
        found = await self.get("/healthz")
        self.assertEqual(found["status"], "ok")
        self.assertRegex(found["version"], r"^\d+\.\d+")


class DocumentTest(ContractCase):
    CALLS = {
        "/api/users": {"post"}, "/api/session": {"post", "get", "delete"}, "/api/tickets": {"post"}, "/healthz": {"get"},
        "/metrics": {"get"}, "/api/rooms": {"get", "post"}, "/api/rooms/{room}": {"patch", "delete"},
        "/api/rooms/{room}/members": {"get"}, "/api/rooms/{room}/messages": {"get", "post"},
        "/api/rooms/{room}/members/{name}": {"put", "delete"}, "/api/rooms/{room}/files": {"post"},
        "/files/{id}/{name}": {"get"}, "/api/rooms/{room}/export": {"get"}, "/api/notifications": {"get", "post"},
        "/api/connections": {"get"}, "/api/connections/{id}": {"get", "delete"}, "/api/bans": {"get", "post"},
        "/api/bans/{id}": {"delete"}, "/api/door": {"get"}, "/api/door/{id}": {"post"}, "/api/stats": {"get"},
        "/events": {"get"}, "/events/rooms/{room}": {"get"}, "/events/metrics": {"get"}, "/events/logs": {"get"},
        "/events/clock": {"get"}}
    SOCKETS = {"/ws", "/ws/{client_id}", "/ws/echo", "/ws/chat", "/ws/notifications", "/ws/game/{game_id}"}

    def assert_references(self, document):
        """Every `$ref` of the document leads somewhere in it."""
        def walk(node):
            if isinstance(node, dict):
                reference = node.get("$ref")
                if isinstance(reference, str):
                    self.assertTrue(reference.startswith("#/"), reference)
                    place = document
                    for part in reference[2:].split("/"):
                        place = place[part.replace("~1", "/").replace("~0", "~")]
                for child in node.values():
                    walk(child)
            elif isinstance(node, list):
                for child in node:
                    walk(child)
        walk(document)

    async def test_openapi(self):
        """§3 `GET /openapi.json`: OpenAPI 3.1 of this page, every call in it."""
        document = await self.get("/openapi.json")
        self.assertRegex(document["openapi"], r"^3\.1\.")
        self.assertTrue(document["info"]["title"] and document["info"]["version"])
        for path, methods in self.CALLS.items():
            with self.subTest(path=path):
                described = document["paths"][path]
                self.assertLessEqual(methods, set(described))
                for method in methods:
                    self.assertTrue(described[method]["responses"])
                    named = {p["name"] for p in described[method].get("parameters", []) + described.get("parameters", [])
                             if "$ref" not in p and p["in"] == "path"}
                    if not any("$ref" in p for p in described[method].get("parameters", []) + described.get("parameters", [])):
                        self.assertEqual(named, set(re.findall(r"\{(\w+)\}", path)))
        self.assert_references(document)

    async def test_asyncapi(self):
        """§3 `GET /asyncapi.json`: AsyncAPI 3 of this page, every WebSocket in it."""
        document = await self.get("/asyncapi.json")
        self.assertRegex(document["asyncapi"], r"^3\.")
        self.assertTrue(document["info"]["title"] and document["info"]["version"])
        addresses = {channel["address"].split("?")[0] for channel in document["channels"].values()}
        self.assertLessEqual(self.SOCKETS, addresses)
        self.assertTrue(document["operations"])
        self.assert_references(document)


class MetricsTest(ContractCase):
    NAMES = ("connections", "users_online", "rooms", "messages_received_total", "deliveries_total", "bytes_sent_total",
             "bytes_received_total", "closes_total", "refused_total", "slow_consumers_total", "outbound_queue_bytes",
             "fanout_seconds", "store_commit_seconds", "event_loop_lag_seconds")
    KINDS = {"fanout_seconds": "histogram", "store_commit_seconds": "histogram", "event_loop_lag_seconds": "histogram",
             "connections": "gauge", "users_online": "gauge", "rooms": "gauge", "outbound_queue_bytes": "gauge"}

    async def test_names_and_kinds(self):
        """§3 `GET /metrics`: Prometheus text 0.0.4 with every metric name of the page; loopback needs no token."""
        answer = await self.call("GET", "/metrics")
        self.assertEqual(answer.status, 200, answer)
        self.assertIn("text/plain", answer.headers["Content-Type"])
        self.assertIn("version=0.0.4", answer.headers["Content-Type"])
        kinds = dict(re.findall(r"^# TYPE (\S+) (\S+)$", answer.text, re.M))
        for name in self.NAMES:
            expected = self.KINDS.get(name, "counter")
            self.assertEqual(kinds.get(f"tertulia_{name}"), expected, name)
        for name in ("process_resident_memory_bytes", "process_cpu_seconds_total", "process_open_fds"):
            self.assertIn(name, kinds)
        for line in answer.text.splitlines():
            self.assertRegex(line, r'^(#.*|[a-z_:]+(\{[a-z_]+="[^"]*"(,[a-z_]+="[^"]*")*\})? (-?[0-9.e+-]+|NaN|[+-]Inf))$')
        self.assertTrue(answer.body.endswith(b"\n"))

    async def test_histograms(self):
        """§3 The histograms have buckets up to +Inf, a sum and a count that agree."""
        client = await self.joined(self.fresh("room"))
        await client.say(client.joined["room"], "hola")
        samples = await self.metrics()
        for name in ("fanout_seconds", "store_commit_seconds", "event_loop_lag_seconds"):
            self.assertEqual(samples[f'tertulia_{name}_bucket{{le="+Inf"}}'], samples[f"tertulia_{name}_count"])
            self.assertIn(f"tertulia_{name}_sum", samples)
        self.assertGreater(samples["tertulia_fanout_seconds_count"], 0)
        self.assertGreater(samples["tertulia_store_commit_seconds_count"], 0)

    async def test_they_count(self):
        """§3 Connections by transport, users, rooms, messages, deliveries, bytes and closes by code are counted."""
        before = await self.metrics()
        room = self.fresh("room")
        first, second = await self.joined(room), await self.joined(room)
        stream = await self.ready_stream("/events/clock")
        poll = asyncio.create_task(self.call("GET", "/api/notifications", token=self.admin, wait=30, patience=40))
        async def polling():
            return await self.metric('tertulia_connections{transport="longpoll"}')
        await self.until(polling)
        await first.say(room, "hola")
        await second.expect("chat")
        during = await self.metrics()
        for name, more in (('connections{transport="websocket"}', 2), ('connections{transport="sse"}', 1), ("users_online", 2),
                           ("rooms", 1), ("messages_received_total", 1), ("deliveries_total", 2)):
            self.assertGreaterEqual(during[f"tertulia_{name}"], before.get(f"tertulia_{name}", 0) + more, name)
        for name in ("bytes_sent_total", "bytes_received_total"):
            self.assertGreater(during[f"tertulia_{name}"], before[f"tertulia_{name}"])
        await first.close()
        stream.close()
        poll.cancel()
        async def closes():
            return await self.metric('tertulia_closes_total{code="1000"}') > before.get('tertulia_closes_total{code="1000"}', 0)
        await self.until(closes)
