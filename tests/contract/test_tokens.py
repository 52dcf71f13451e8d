# SPDX-FileCopyrightText: 2026 The Tertulia authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Section 2: what is no token."""

import base64
import hashlib
import hmac
import json
import os
import re
import time

from harness.case import ContractCase


def encode(data):
    if not isinstance(data, bytes):
        data = json.dumps(data, separators=(",", ":")).encode()
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def decode(part):
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))


def find_key(token, directory):
    """The contract says where the key is (the data directory) and how long (32 bytes): look for it as a thief would."""
    signed, signature = token.rsplit(".", 1)
    wanted = decode(signature)

    def is_key(candidate):
        return hmac.digest(candidate, signed.encode(), "sha256") == wanted

    for folder, _, names in os.walk(directory):
        for name in sorted(names):
            path = os.path.join(folder, name)
            if os.path.getsize(path) > 8 << 20:
                continue
            with open(path, "rb") as file:
                data = file.read()
            for match in re.finditer(rb"[0-9a-fA-F]{64}", data):
                if is_key(bytes.fromhex(match.group().decode())):
                    return bytes.fromhex(match.group().decode())
            for match in re.finditer(rb"[\w+/-]{43}", data):
                candidate = decode(match.group().decode().replace("+", "-").replace("/", "_"))
                if is_key(candidate):
                    return candidate
            for start in range(len(data) - 31):
                if is_key(data[start:start + 32]):
                    return data[start:start + 32]
    raise AssertionError("no key of 32 bytes in the data directory signs these tokens")


class TokenTest(ContractCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.key = find_key(cls.admin, cls.server.data)
        cls.head, cls.claims, cls.signature = cls.admin.split(".")

    def sign(self, claims, algorithm="HS256", digest="sha256", key=None):
        signed = encode({"alg": algorithm, "typ": "JWT"}) + "." + encode(claims)
        return signed + "." + encode(hmac.digest(key or self.key, signed.encode(), digest))

    def claim(self, **changes):
        claims = {**json.loads(decode(self.claims)), **changes}
        return {name: value for name, value in claims.items() if value is not None}

    async def assert_invalid(self, token):
        self.assert_problem(await self.call("GET", "/api/session", token=token), 401, "unauthorized")
        client = await self.chat(token, welcome=False)
        self.assertEqual((await client.closed())[0], 4001)

    async def test_claims(self):
        """§2 A token is a JWT, HS256, with `sub`, `name`, `role`, `iat`, `exp`, `jti`."""
        self.assertEqual(json.loads(decode(self.head))["alg"], "HS256")
        claims = json.loads(decode(self.claims))
        self.assertLessEqual({"sub", "name", "role", "iat", "exp", "jti"}, set(claims))
        self.assertEqual((claims["name"], claims["role"]), ("Host", "admin"))
        self.assertLessEqual(claims["iat"], time.time() + 1)
        self.assertGreater(claims["exp"], time.time())
        self.assertIsInstance(claims["sub"], str)

    async def test_a_token_of_the_same_key_and_claims_is_valid(self):
        """§2 The key is 32 random bytes in the data directory: what it signs is a token."""
        self.assertEqual(len(self.key), 32)
        answer = await self.call("GET", "/api/session", token=self.sign(self.claim()))
        self.assertEqual(answer.status, 200, answer)

    async def test_other_algorithms(self):
        """§2 Any other `alg` (`none` included) is invalid, however it is signed."""
        for name in ("none", "None", "NONE", "nOnE", ""):
            with self.subTest(alg=name):
                unsigned = encode({"alg": name, "typ": "JWT"}) + "." + self.claims
                await self.assert_invalid(unsigned + ".")
                await self.assert_invalid(unsigned + "." + self.signature)
        for name, digest in (("HS384", "sha384"), ("HS512", "sha512"), ("RS256", "sha256"), ("ES256", "sha256"),
                             ("hs256", "sha256")):
            with self.subTest(alg=name):
                await self.assert_invalid(self.sign(self.claim(), name, digest))
        without = encode({"typ": "JWT"}) + "." + self.claims
        await self.assert_invalid(without + "." + encode(hmac.digest(self.key, without.encode(), "sha256")))

    async def test_wrong_signatures(self):
        """§2 A wrong signature is invalid: another key, changed claims, a cut or an empty signature."""
        await self.assert_invalid(self.sign(self.claim(), key=os.urandom(32)))
        await self.assert_invalid(self.sign(self.claim(), key=b"\0" * 32))
        await self.assert_invalid(f"{self.head}.{encode(self.claim(sub='1'))}.{self.signature}")
        await self.assert_invalid(f"{self.head}.{self.claims}.")
        await self.assert_invalid(f"{self.head}.{self.claims}.{self.signature[:-4]}")
        await self.assert_invalid(f"{self.head}.{self.claims}.{encode(hashlib.sha256(b'').digest())}")

    async def test_expiry(self):
        """§2 A missing or passed `exp` is invalid."""
        now = int(time.time())
        for exp in (None, now - 1, now - 3600, 0, -1, "9999999999", True):
            with self.subTest(exp=exp):
                await self.assert_invalid(self.sign(self.claim(exp=exp)))

    async def test_not_a_token(self):
        """§2 What is no JWT at all is invalid."""
        for token in ("x", "a.b", "a.b.c", "a.b.c.d", "..", self.admin + ".x", self.admin[1:], "%00", "x" * 20000,
                      f"{encode(b'[]')}.{self.claims}.{self.signature}", self.sign([]), self.sign({})):
            with self.subTest(token=token[:40]):
                answer = await self.call("GET", "/api/session", token=token)
                self.assertIn(answer.status, (400, 401, 431) if len(token) > 8000 else (401,), answer)

    async def test_revoked(self):
        """§2 A revoked `jti` is invalid, whatever else a token with it says."""
        token = self.sign(self.claim(jti="contract-revoked"))
        self.assertEqual((await self.call("DELETE", "/api/session", token=token)).status, 204)
        await self.assert_invalid(token)
        await self.assert_invalid(self.sign(self.claim(jti="contract-revoked", exp=int(time.time()) + 9999)))
