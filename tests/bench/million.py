# SPDX-FileCopyrightText: 2026 The Tertulia authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A room of a million messages, made as an archive and brought in by `tertulia import`."""

import json
import random
import subprocess
import sys
import time
import urllib.error
import urllib.request

COUNT = 1_000_000
VOCABULARY = 20_000
SYLLABLES = ["ba", "co", "de", "fi", "gu", "la", "me", "ni", "po", "ru", "sa", "te", "vi", "zo", "que", "tra"]


def word(rank):
    """A pronounceable word for each rank: the same in every run."""
    text = ""
    rank += 1
    while rank:
        text += SYLLABLES[rank % len(SYLLABLES)]
        rank //= len(SYLLABLES)
    return text


WORDS = [word(rank) for rank in range(VOCABULARY)]
# Words that stand in about 100, 1,000 and 10,000 of the messages, and one that stands in none.
SEARCHES = [WORDS[8000], WORDS[700], WORDS[60], "nirgendwo"]


def write_archive(path):
    choose = random.Random(7)
    # Words as often as in speech: the second half as often as the first, the third a third as often.
    weights = [1 / (rank + 1) for rank in range(VOCABULARY)]
    pool = choose.choices(WORDS, weights, k=200_000)
    with open(path, "w", encoding="utf-8") as file:
        file.write('{"room":"million","epoch":"e0123456789abcdef","exported_at":"2026-01-01T00:00:00.000Z"}\n')
        for number in range(1, COUNT + 1):
            start = choose.randrange(len(pool) - 10)
            text = " ".join(pool[start:start + 8])
            moment = time.strftime("%Y-%m-%dT%H:%M:%S.000Z", time.gmtime(1735689600 + number * 30))
            file.write(f'{{"type":"chat","room":"million","id":{number},"user":"Guest {number % 500}",'
                       f'"content":"{text}","timestamp":"{moment}"}}\n')
        file.write(f'{{"count":{COUNT}}}\n')


def fill(tertulia, directory):
    """Brings the million into that data directory; the archive is deleted again."""
    archive = directory / "million.jsonl"
    write_archive(archive)
    began = time.monotonic()
    subprocess.run([str(tertulia), "import", "million", str(archive), "--data-dir", str(directory)], check=True)
    archive.unlink()
    print(f"import of a million messages: {time.monotonic() - began:.0f} s", file=sys.stderr)


def wait_for_index(url):
    """The words are indexed when they are first asked for; the rows measure what comes after."""
    began = time.monotonic()
    sign_in = urllib.request.Request(f"{url}/api/session", b'{"name":"Reader"}', {"Content-Type": "application/json"})
    token = json.load(urllib.request.urlopen(sign_in))["token"]
    search = urllib.request.Request(f"{url}/api/rooms/million/messages?q={SEARCHES[0]}", headers={"Authorization": f"Bearer {token}"})
    while time.monotonic() - began < 120:
        try:
            if json.load(urllib.request.urlopen(search))["messages"]:
                break
        except urllib.error.HTTPError as error:
            if error.code != 503:
                raise
    print(f"first answer of a search after it: {time.monotonic() - began:.1f} s", file=sys.stderr)
