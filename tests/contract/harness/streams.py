# SPDX-FileCopyrightText: 2026 The Tertulia authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A reader of Server-Sent Events that keeps every line, for the tests look at the bytes as well."""

import asyncio
import json

PATIENCE = 8


class Event:
    def __init__(self, lines):
        self.lines = lines
        self.event = self._field("event") or "message"
        self.id = self._field("id")
        self.retry = self._field("retry")
        self.comment = next((line[1:].strip() for line in lines if line.startswith(":")), None)
        self.datas = [line[5:].lstrip() for line in lines if line.startswith("data:")]

    def _field(self, name):
        return next((line[len(name) + 1:].lstrip() for line in self.lines if line.startswith(name + ":")), None)

    @property
    def data(self):
        return json.loads("\n".join(self.datas))

    def __repr__(self):
        return f"<{' | '.join(self.lines)}>"


class Stream:
    def __init__(self, response):
        self.response = response
        self.status = response.status
        self.headers = response.headers
        self.blocks = []
        self.unread = None

    def close(self):
        self.response.close()

    async def block(self, patience=PATIENCE):
        """The next lines up to an empty one; None where the stream has ended."""
        return await asyncio.wait_for(self._block(), patience)

    async def _block(self):
        if self.unread is not None:
            found, self.unread = self.unread, None
            return found
        lines = []
        while True:
            raw = await self.response.content.readline()
            if not raw:
                return None
            line = raw.decode().rstrip("\r\n")
            if line:
                lines.append(line)
            elif lines:
                found = Event(lines)
                self.blocks.append(found)
                return found

    async def next(self, *kinds, patience=PATIENCE):
        """The next event of one of the kinds (any, where none is named), comments and retry left out."""
        async with asyncio.timeout(patience):
            while True:
                found = await self._block()
                if found is None:
                    raise AssertionError(f"the stream ended; before: {self.blocks}")
                if found.datas and (not kinds or found.event in kinds):
                    return found

    async def comment(self, patience=PATIENCE):
        async with asyncio.timeout(patience):
            while True:
                found = await self._block()
                if found is None:
                    raise AssertionError("the stream ended")
                if found.comment is not None:
                    return found.comment

    async def ended(self, patience=PATIENCE):
        """Reads on to the end of the stream."""
        async with asyncio.timeout(patience):
            try:
                while await self._block() is not None:
                    pass
            except OSError:
                pass  # an end is an end, however the connection went
