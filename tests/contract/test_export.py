# SPDX-FileCopyrightText: 2026 The Tertulia authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sections 3 and 7: export and import, by the call and by the command line."""

import asyncio
import csv
import io
import json
import os
import tempfile

from harness.case import ContractCase
from harness.server import run

HEADER = ["id", "timestamp", "type", "user", "content", "target", "file"]


class ExportTest(ContractCase):
    async def asyncSetUp(self):
        await super().asyncSetUp()
        folder = tempfile.TemporaryDirectory(prefix="tertulia-contract-")
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        self.room = await self.make_room()
        client = await self.joined(self.room, self.admin)
        self.contents = ["hola", "=1+1", "+1", "-1", "@SUM(A1)", 'uno, "dos"\ntres', "después"]
        for content in self.contents:
            await client.say(self.room, content)
        await client.request("edit", room=self.room, target=1, content="hola de nuevo")
        await client.request("reaction", room=self.room, target=2, emoji="👍", action="add")
        await client.request("delete", room=self.room, target=7)

    async def export(self, form, token=None):
        answer = await self.call("GET", f"/api/rooms/{self.room}/export", token=token or self.admin, format=form)
        self.assertEqual(answer.status, 200, answer)
        return answer

    async def command(self, *arguments):
        return await asyncio.to_thread(run, *arguments, "--data-dir", self.server.data)

    def file(self, name):
        return os.path.join(self.folder, name)

    async def exported(self, name):
        done = await self.command("export", self.room, self.file(name))
        self.assertEqual(done.returncode, 0, done.stderr)
        with open(self.file(name), encoding="utf-8", newline="") as file:
            return file.read()

    async def test_json(self):
        """§3, §7 `GET .../export?format=json`: `{"room","epoch","exported_at","entries":[...]}`, the whole room."""
        document = (await self.export("json")).json
        self.assertEqual(document["room"], self.room)
        self.assertTrue(document["epoch"] and document["exported_at"])
        self.assertEqual([entry["id"] for entry in document["entries"]], list(range(1, 11)))
        self.assertEqual([entry["type"] for entry in document["entries"][7:]], ["edit", "reaction", "delete"])
        self.assertEqual(document["entries"][7]["target"], 1)

    async def test_csv(self):
        """§7 CSV has the header `id,timestamp,type,user,content,target,file`; a leading `= + - @` gets a quote."""
        answer = await self.export("csv")
        self.assertTrue(answer.headers["Content-Type"].startswith("text/csv"))
        header, *rows = list(csv.reader(io.StringIO(answer.text, newline="")))
        self.assertEqual(header, HEADER)
        by_id = {row[0]: row for row in rows}
        self.assertEqual([by_id[str(number)][4] for number in range(2, 7)], ["'=1+1", "'+1", "'-1", "'@SUM(A1)", 'uno, "dos"\ntres'])
        self.assertEqual((by_id["8"][2], by_id["8"][5]), ("edit", "1"))

    async def test_txt(self):
        """§7 txt is `[timestamp] user: content`."""
        answer = await self.export("txt")
        self.assertTrue(answer.headers["Content-Type"].startswith("text/plain"))
        self.assertRegex(answer.text.splitlines()[0], r"^\[\d{4}-\d\d-\d\dT[\d:.]+Z\] Host: hola")

    async def test_who_and_what(self):
        """§3 The owner and admins may export; others 403; an unknown format 422 `invalid_field`."""
        _, owner = await self.member()
        _, other = await self.member()
        self.room = await self.make_room(owner)
        await self.export("json", owner)
        answer = await self.call("GET", f"/api/rooms/{self.room}/export", token=other, format="json")
        self.assert_problem(answer, 403, "forbidden")
        answer = await self.call("GET", f"/api/rooms/{self.room}/export", token=owner, format="pdf")
        self.assert_problem(answer, 422, "invalid_field")

    async def test_command_takes_the_form_from_the_ending(self):
        """§7 `tertulia export ROOM FILE` takes the form from the file's ending, beside a running server."""
        self.assertEqual(json.loads(await self.exported("room.json"))["room"], self.room)
        self.assertEqual(next(csv.reader(io.StringIO(await self.exported("room.csv")))), HEADER)
        self.assertIn("] Host: ", await self.exported("room.txt"))
        page = await self.exported("room.html")
        self.assertIn("<html", page.lower())
        self.assertNotIn("<script", page.lower())
        done = await self.command("export", self.room, self.file("room.pdf"))
        self.assertEqual(done.returncode, 1)
        self.assertFalse(os.path.exists(self.file("room.pdf")))

    async def test_jsonl(self):
        """§7 A `.jsonl` export begins with `{"room","epoch","exported_at"}`, has one entry a line, and ends with `{"count":N}`."""
        first, *entries, last = [json.loads(line) for line in (await self.exported("room.jsonl")).splitlines()]
        self.assertEqual(first["room"], self.room)
        self.assertTrue(first["epoch"] and first["exported_at"])
        self.assertEqual([entry["id"] for entry in entries], list(range(1, 11)))
        self.assertEqual(last, {"count": 10})

    async def test_export_of_a_missing_room(self):
        """§1, §7 Exporting a room that is not there: exit 1, one clear line, no file."""
        done = await self.command("export", "no-such-room", self.file("x.json"))
        self.assertEqual(done.returncode, 1)
        self.assertEqual(len(done.stderr.strip().splitlines()), 1, done.stderr)
        self.assertFalse(os.path.exists(self.file("x.json")))

    async def test_import_brings_it_back(self):
        """§7 `import` takes `.json` and `.jsonl`: the same messages stand in the room, and the running server knows them."""
        wanted = [(m["user"], m["content"], m["timestamp"])
                  for m in (await self.get(f"/api/rooms/{self.room}/messages", self.admin))["messages"]]
        for ending in ("json", "jsonl"):
            with self.subTest(ending=ending):
                await self.exported(f"room.{ending}")
                target = self.fresh("imported")
                done = await self.command("import", target, self.file(f"room.{ending}"))
                self.assertEqual(done.returncode, 0, done.stderr)

                async def there():
                    answer = await self.call("GET", f"/api/rooms/{target}/messages", token=self.admin)
                    return answer.status == 200 and answer.json["messages"]
                found = await self.until(there)
                self.assertEqual([(m["user"], m["content"], m["timestamp"]) for m in found], wanted)

    async def test_import_is_all_or_nothing(self):
        """§7 `import` refuses a file that is not whole with the line where it breaks, and adds nothing of it."""
        lines = (await self.exported("room.jsonl")).splitlines()
        broken = {
            "cut in a line": (lines[:4] + [lines[4][:10]], "5"),
            "no count": (lines[:-1], str(len(lines))),
            "wrong count": (lines[:-1] + ['{"count":9}'], str(len(lines))),
            "a line is no JSON": (lines[:3] + ["nonsense"] + lines[4:], "4"),
            "a line is missing": (lines[:3] + lines[4:], "4"),
            "no head": (lines[1:], "1"),
            "an entry without a user": (lines[:1] + ['{"type":"chat","id":1,"content":"x"}'] + lines[2:], "2")}
        for why, (kept, line) in broken.items():
            with self.subTest(why=why):
                target = self.fresh("broken")
                with open(self.file("broken.jsonl"), "w", encoding="utf-8") as file:
                    file.write("\n".join(kept) + "\n")
                done = await self.command("import", target, self.file("broken.jsonl"))
                self.assertEqual(done.returncode, 1, done.stderr)
                self.assertEqual(len(done.stderr.strip().splitlines()), 1, done.stderr)
                self.assertRegex(done.stderr, rf"(?<!\d){line}(?!\d)", why)
                answer = await self.call("GET", f"/api/rooms/{target}/messages", token=self.admin)
                self.assertTrue(answer.status == 404 or not answer.json["messages"], answer)

    async def test_import_of_cut_json(self):
        """§7 A `.json` file that is not whole is refused too, with the line, and adds nothing."""
        whole = await self.exported("room.json")
        with open(self.file("cut.json"), "w", encoding="utf-8") as file:
            file.write(whole[:len(whole) // 2])
        target = self.fresh("broken")
        done = await self.command("import", target, self.file("cut.json"))
        self.assertEqual(done.returncode, 1)
        self.assertRegex(done.stderr, r"\d")
        answer = await self.call("GET", f"/api/rooms/{target}/messages", token=self.admin)
        self.assertTrue(answer.status == 404 or not answer.json["messages"], answer)
