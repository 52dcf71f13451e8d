# SPDX-FileCopyrightText: 2026 The Tertulia authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A bare TCP socket that speaks HTTP and RFC 6455 by hand, for what no well-behaved client would send."""

import base64
import hashlib
import os
import socket
import struct

TEXT, BINARY, CLOSE, PING, PONG = 1, 2, 8, 9, 10
ACCEPT_SUFFIX = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"


class RawSocket:
    def __init__(self, port, receive_buffer=None, timeout=10):
        self.port = port
        self.socket = socket.socket()
        if receive_buffer:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
        self.socket.settimeout(timeout)
        self.socket.connect(("127.0.0.1", port))
        self.buffer = b""

    def close(self):
        self.socket.close()

    def send(self, data):
        self.socket.sendall(data)

    def _fill(self):
        got = self.socket.recv(65536)
        if not got:
            raise ConnectionError("the server ended the connection")
        self.buffer += got

    def read_until(self, mark):
        while mark not in self.buffer:
            self._fill()
        head, self.buffer = self.buffer.split(mark, 1)
        return head

    def read_exactly(self, count):
        while len(self.buffer) < count:
            self._fill()
        data, self.buffer = self.buffer[:count], self.buffer[count:]
        return data

    def wait_for_end(self):
        """Reads to the end of the connection; the socket's own time-out is a failure."""
        try:
            while self.socket.recv(65536):
                pass
        except ConnectionError:
            pass

    def read_head(self):
        """The status and the headers, names in lower case."""
        lines = self.read_until(b"\r\n\r\n").decode("latin-1").split("\r\n")
        headers = {}
        for line in lines[1:]:
            name, value = line.split(":", 1)
            headers[name.strip().lower()] = value.strip()
        return int(lines[0].split(" ")[1]), headers

    def request(self, method, path, headers=None, body=b"", host=None):
        lines = [f"{method} {path} HTTP/1.1"]
        lines.append(f"Host: {host or f'127.0.0.1:{self.port}'}")
        lines += [f"{name}: {value}" for name, value in (headers or {}).items()]
        self.send("\r\n".join(lines).encode() + b"\r\n\r\n" + body)
        return self.read_head()

    def upgrade(self, path, headers=None, host=None):
        key = base64.b64encode(os.urandom(16)).decode()
        status, answered = self.request("GET", path, {
            "Connection": "Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Version": "13", "Sec-WebSocket-Key": key,
            **(headers or {})}, host=host)
        if status == 101:
            wanted = base64.b64encode(hashlib.sha1((key + ACCEPT_SUFFIX).encode()).digest()).decode()
            assert answered["sec-websocket-accept"] == wanted, answered
        return status

    def send_frame(self, opcode, payload=b"", declared=None, final=True):
        """One masked frame; with `declared` the length it claims, whatever follows."""
        length = len(payload) if declared is None else declared
        head = bytes([(0x80 if final else 0) | opcode])
        if length < 126:
            head += bytes([0x80 | length])
        elif length < 65536:
            head += bytes([0x80 | 126]) + struct.pack(">H", length)
        else:
            head += bytes([0x80 | 127]) + struct.pack(">Q", length)
        mask = os.urandom(4)
        stretched = (mask * (len(payload) // 4 + 1))[:len(payload)]
        masked = (int.from_bytes(payload, "big") ^ int.from_bytes(stretched, "big")).to_bytes(len(payload), "big")
        self.send(head + mask + masked)

    def read_frame(self):
        first, second = self.read_exactly(2)
        length = second & 0x7F
        if length == 126:
            length, = struct.unpack(">H", self.read_exactly(2))
        elif length == 127:
            length, = struct.unpack(">Q", self.read_exactly(8))
        return first & 0x0F, self.read_exactly(length)

    def read_close(self):
        """Reads over everything else to the close frame: its code and reason."""
        while True:
            opcode, payload = self.read_frame()
            if opcode == CLOSE:
                return struct.unpack(">H", payload[:2])[0], payload[2:].decode()
