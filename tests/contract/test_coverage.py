# SPDX-FileCopyrightText: 2026 The Tertulia authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""COVERAGE.md and the tests say the same."""

import re
import unittest

from harness import coverage


class CoverageTest(unittest.TestCase):
    def test_every_test_names_its_sentence(self):
        """Preamble: every test says which sentence of the contract it proves."""
        for name, line in [*coverage.python_tests(), *coverage.node_tests()]:
            with self.subTest(test=name):
                self.assertRegex(line, r"^(§[1-7](\.\d)?(, §[1-7](\.\d)?)* |Preamble: )")

    def test_table_is_current(self):
        """Preamble: every test named in the table exists, and every test is named there."""
        written = (coverage.FOLDER / "COVERAGE.md").read_text(encoding="utf-8")
        named = set(re.findall(r"`((?:test_\w+\.\w+\.\w+)|(?:[\w.]+\.mjs \d+))`", written))
        existing = {name for name, _ in [*coverage.python_tests(), *coverage.node_tests()]}
        self.assertEqual(named - existing, set(), "named in COVERAGE.md, but not there")
        self.assertEqual(existing - named, set(), "there, but not named in COVERAGE.md")
        self.assertEqual(written, coverage.table(), "run: python3 -m harness.coverage >COVERAGE.md")


if __name__ == "__main__":
    unittest.main()
