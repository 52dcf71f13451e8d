# SPDX-FileCopyrightText: 2026 The Tertulia authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Section 3: files."""

import urllib.parse

from harness.case import ContractCase


class FileTest(ContractCase):
    settings = {"limits.upload_bytes": 200000}

    async def upload(self, room, name, data, token=None, headers=None):
        return await self.call("POST", f"/api/rooms/{room}/files", token=token or self.admin, data=data, headers=headers, name=name)

    async def uploaded(self, room, name, data, **more):
        answer = await self.upload(room, name, data, **more)
        self.assertEqual(answer.status, 201, answer)
        return answer.json["file"]

    def path(self, file):
        return urllib.parse.urlsplit(file["url"]).path

    async def test_upload(self):
        """§3 `POST /api/rooms/{room}/files?name=F`: 201 `{"file":{"id","name","size","type","url"}}` and a `chat` entry with `file`."""
        room = await self.make_room()
        client = await self.joined(room)
        file = await self.uploaded(room, "tapas.txt", b"aceitunas")
        self.assertEqual((file["name"], file["size"]), ("tapas.txt", 9))
        self.assertIsInstance(file["id"], str)
        self.assertTrue(file["type"].startswith("text/plain"), file)
        entry = await client.expect("chat")
        self.assertEqual((entry["user"], entry["file"]), ("Host", file))
        message, = (await self.get(f"/api/rooms/{room}/messages", self.admin))["messages"]
        self.assertEqual(message["file"], file)

    async def test_download(self):
        """§3 `GET /files/{id}/{name}`: the bytes, `Content-Disposition`, `nosniff`, for who may read the room."""
        room = await self.make_room()
        data = bytes(range(256)) * 300
        file = await self.uploaded(room, "año \"1\".bin", data)
        answer = await self.call("GET", self.path(file), token=self.admin)
        self.assertEqual((answer.status, answer.body), (200, data))
        self.assertEqual(answer.headers["X-Content-Type-Options"], "nosniff")
        self.assertIn("filename", answer.headers["Content-Disposition"])
        self.assertEqual(int(answer.headers["Content-Length"]), len(data))
        self.assert_problem(await self.call("GET", self.path(file)), 401, "unauthorized")
        _, token = await self.guest()
        self.assertEqual((await self.call("GET", self.path(file), token=token)).status, 200)

    async def test_pages_are_not_served_as_pages(self):
        """§3 What a stranger uploads is not run: HTML and SVG come as attachments."""
        room = await self.make_room()
        for name in ("page.html", "drawing.svg", "page.xhtml"):
            file = await self.uploaded(room, name, b"<script>alert(1)</script>", headers={"Content-Type": "text/html"})
            answer = await self.call("GET", self.path(file), token=self.admin)
            self.assertTrue(answer.headers["Content-Disposition"].startswith("attachment"), answer.headers)

    async def test_range(self):
        """§3 `Range` honoured: 206 with `Content-Range`; one that cannot be had: 416."""
        room = await self.make_room()
        file = await self.uploaded(room, "digits.txt", b"0123456789")

        async def part(value):
            return await self.call("GET", self.path(file), token=self.admin, headers={"Range": value})
        for value, body, told in (("bytes=2-4", b"234", "bytes 2-4/10"), ("bytes=7-", b"789", "bytes 7-9/10"),
                                  ("bytes=-2", b"89", "bytes 8-9/10"), ("bytes=5-99", b"56789", "bytes 5-9/10")):
            answer = await part(value)
            self.assertEqual((answer.status, answer.body, answer.headers["Content-Range"]), (206, body, told))
        answer = await part("bytes=10-")
        self.assertEqual((answer.status, answer.headers["Content-Range"]), (416, "bytes */10"))
        for value in ("lines=1-2", "bytes=4-2", "bytes=x-y"):
            answer = await part(value)
            self.assertIn(answer.status, (200, 416), answer)

    async def test_too_large(self):
        """§3, §1 Over `limits.upload_bytes`: 413 `too_large`, and no entry."""
        room = await self.make_room()
        self.assert_problem(await self.upload(room, "big.bin", bytes(200001)), 413, "too_large")
        self.assertEqual((await self.uploaded(room, "fits.bin", bytes(200000)))["size"], 200000)
        self.assertEqual((await self.get(f"/api/rooms/{room}/messages", self.admin))["last_id"], 1)

    async def test_names(self):
        """§3 A name is a name and no path; without one: 422 `invalid_field`."""
        room = await self.make_room()
        for name in ("../../etc/passwd", "a\\b.txt", "a\r\nSet-Cookie: x=y"):
            answer = await self.upload(room, name, b"x")
            if answer.status == 201:
                stored = answer.json["file"]
                self.assertNotIn("/", stored["name"])
                self.assertNotIn("\n", stored["name"])
                again = await self.call("GET", self.path(stored), token=self.admin)
                self.assertEqual((again.status, again.body), (200, b"x"))
                self.assertNotIn("Set-Cookie", again.headers)
            else:
                self.assert_problem(answer, 422, "invalid_field")
        self.assert_problem(await self.call("POST", f"/api/rooms/{room}/files", token=self.admin, data=b"x"), 422, "invalid_field")

    async def test_private_room(self):
        """§3, §7 A file of a private room is not there for those outside."""
        room = await self.make_room(private=True)
        file = await self.uploaded(room, "secret.txt", b"x")
        _, token = await self.member()
        self.assertEqual((await self.call("GET", self.path(file), token=token)).status, 404)
        self.assertEqual((await self.call("GET", "/files/nothing/secret.txt", token=self.admin)).status, 404)

    async def test_deleting_the_entry_removes_the_file(self):
        """§3, §6 With its entry deleted the file is gone."""
        room = await self.make_room()
        client = await self.joined(room, self.admin)
        file = await self.uploaded(room, "gone.txt", b"x")
        entry = await client.expect("chat")
        self.assertEqual((await client.request("delete", room=room, target=entry["id"]))["type"], "ack")

        async def gone():
            return (await self.call("GET", self.path(file), token=self.admin)).status == 404
        await self.until(gone)

    async def test_read_only(self):
        """§3 Publishing a file obeys the room: read_only is 403, a missing room 404, no token 401."""
        _, token = await self.guest()
        room = await self.make_room(read_only=True)
        self.assert_problem(await self.upload(room, "x.txt", b"x", token=token), 403, "forbidden")
        self.assert_problem(await self.upload(self.fresh("missing"), "x.txt", b"x"), 404, "no_such_room")
        answer = await self.call("POST", f"/api/rooms/{room}/files", data=b"x", name="x.txt")
        self.assert_problem(answer, 401, "unauthorized")

    async def test_files_survive(self):
        """§1 Files outlive the process."""
        room = await self.make_room()
        file = await self.uploaded(room, "kept.txt", b"kept")
        await self.restart()
        answer = await self.call("GET", self.path(file), token=self.admin)
        self.assertEqual((answer.status, answer.body), (200, b"kept"))
