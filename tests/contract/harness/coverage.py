# SPDX-FileCopyrightText: 2026 The Tertulia authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The table of COVERAGE.md, read from the tests: each says in its first line which sentence of the contract it proves.

python3 -m harness.coverage >COVERAGE.md
"""

import ast
import pathlib
import re

FOLDER = pathlib.Path(__file__).resolve().parent.parent
INTRODUCTION = """# What of the wire contract is tested, and where

The contract's own words on the left, by section; on the right the tests that prove them from outside, with clients that
are not ours. Each test carries its sentence in its first line, and `test_coverage.py` fails where this table and the
tests differ; `python3 -m harness.coverage >COVERAGE.md` writes it anew.

| contract | tests |
|---|---|
"""


def python_tests():
    """The name and the first line of every test method."""
    for path in sorted(FOLDER.glob("test_*.py")):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if not isinstance(node, ast.ClassDef):
                continue
            for method in node.body:
                if isinstance(method, (ast.FunctionDef, ast.AsyncFunctionDef)) and method.name.startswith("test"):
                    line = (ast.get_docstring(method) or "").split("\n")[0]
                    yield f"{path.stem}.{node.name}.{method.name}", line


def node_tests():
    for path in sorted(FOLDER.glob("*.test.mjs")):
        for number, title in enumerate(re.findall(r"^test\('([^']+)'", path.read_text(encoding="utf-8"), re.M), 1):
            yield f"{path.name} {number}", title


def rows():
    """(sentence, names), in the order of the contract."""
    found = {}
    for name, line in [*python_tests(), *node_tests()]:
        found.setdefault(line, []).append(name)

    def place(row):
        numbers = re.match(r"§(\d+)(?:\.(\d+))?", row[0])
        return (int(numbers[1]), int(numbers[2] or 0), row[1][0]) if numbers else (0, 0, row[1][0])
    return sorted(found.items(), key=place)


def table():
    lines = [f"| {sentence.replace('|', '&#124;')} | {', '.join(f'`{name}`' for name in names)} |" for sentence, names in rows()]
    return INTRODUCTION + "\n".join(lines) + "\n"


if __name__ == "__main__":
    print(table(), end="")
