// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The contract as the two libraries see it that most JavaScript programs use: `ws` and `eventsource`.

import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import EventSource from 'eventsource';
import WebSocket from 'ws';

const binary = process.env.TERTULIA_BINARY;
const patience = 10000;
let directory;
let server;
let origin;
let admin;
let room = 0;

async function start(port) {
    server = spawn(binary, ['--headless', '--host', '127.0.0.1', '--port', String(port), '--data-dir', directory,
        '--set', 'limits.messages_per_second=0'], { stdio: ['ignore', 'pipe', 'ignore'] });
    server.exited = new Promise((resolve) => server.once('exit', (code) => resolve(code)));
    const line = await Promise.race([
        new Promise((resolve) => server.stdout.once('data', (data) => resolve(String(data)))),
        server.exited.then((code) => `ended with ${code}`)]);
    const found = /^Tertulia is ready at (http:\/\/127\.0\.0\.1:(\d+))/.exec(line);
    assert.ok(found, line);
    origin = found[1];
    return Number(found[2]);
}

before(async () => {
    assert.ok(binary, 'TERTULIA_BINARY must name the program to test');
    directory = mkdtempSync(join(tmpdir(), 'tertulia-contract-'));
    await start(0);
    admin = execFileSync(binary, ['token', '--user', 'Host', '--role', 'admin', '--data-dir', directory], { encoding: 'utf8' }).trim();
});

after(async () => {
    server.kill('SIGTERM');
    assert.equal(await server.exited, 0);
    rmSync(directory, { recursive: true, force: true });
});

// Waits for an event that must come, and says which one did not.
function within(promise, what) {
    let timer;
    const late = new Promise((_, reject) => { timer = setTimeout(() => reject(new Error(`no ${what}`)), patience); });
    return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

class Client {
    constructor(path, options = {}) {
        this.frames = [];
        this.waiting = [];
        this.socket = new WebSocket(origin.replace('http', 'ws') + path, options);
        this.closed = new Promise((resolve) => this.socket.on('close', (code, reason) => resolve([code, String(reason)])));
        this.socket.on('error', () => {}); // told by the close that follows
        this.socket.on('message', (data, isBinary) => {
            this.frames.push(isBinary ? data : JSON.parse(String(data)));
            this.waiting.splice(0).forEach((look) => look());
        });
    }

    expect(type, fits = () => true) {
        return within(new Promise((resolve) => {
            const look = () => {
                const index = this.frames.findIndex((frame) => frame.type === type && fits(frame));
                if (index < 0) {
                    this.waiting.push(look);
                } else {
                    resolve(this.frames.splice(index, 1)[0]);
                }
            };
            look();
        }), type);
    }

    send(frame) {
        this.socket.send(JSON.stringify(frame));
    }
}

async function call(method, path, body) {
    const answer = await fetch(origin + path, {
        method,
        headers: { Authorization: `Bearer ${admin}`, ...(body ? { 'Content-Type': 'application/json' } : {}) },
        body: body && JSON.stringify(body),
    });
    assert.ok(answer.ok, `${method} ${path}: ${answer.status}`);
    return answer.json();
}

async function newRoom() {
    room += 1;
    await call('POST', '/api/rooms', { name: `node${room}` });
    return `node${room}`;
}

test('§5 A token in the header of a handshake opens the chat for ws, whatever extensions it offers', async () => {
    const client = new Client('/ws/chat', { headers: { Authorization: `Bearer ${admin}` }, perMessageDeflate: true });
    const welcome = await client.expect('welcome');
    assert.equal(welcome.user.name, 'Host');
    client.socket.close(1000);
    assert.equal((await within(client.closed, 'close'))[0], 1000);
});

test('§6 Two ws clients in one room hear each other, and the ack comes with the ref', async () => {
    const name = await newRoom();
    const one = new Client(`/ws/chat?token=${admin}&room=${name}`);
    const two = new Client(`/ws/chat?name=Nodo&room=${name}`);
    await Promise.all([one.expect('joined'), two.expect('joined')]);
    two.send({ type: 'chat', room: name, content: 'hola 👍', ref: 'r1' });
    const ack = await two.expect('ack');
    assert.deepEqual([ack.ref, ack.id], ['r1', 1]);
    const entry = await one.expect('chat');
    assert.deepEqual([entry.id, entry.user, entry.content], [1, 'Nodo', 'hola 👍']);
    one.socket.terminate();
    two.socket.terminate();
});

test('§5 ws reads the close code and the reason of a refused token and of a refused name', async () => {
    const wrong = new Client('/ws/chat?token=nonsense');
    assert.equal((await within(wrong.closed, 'close'))[0], 4001);
    const named = new Client('/ws/chat?name=a%2Fb');
    assert.deepEqual(await within(named.closed, 'close'), [4001, 'invalid_name']);
});

test('§5 ws sees an unknown path and a foreign origin as answers of HTTP', async () => {
    for (const [path, options, status] of [['/ws/abc', {}, 404], ['/ws/echo', { origin: 'https://evil.example' }, 403]]) {
        const socket = new WebSocket(origin.replace('http', 'ws') + path, options);
        const answered = await within(new Promise((resolve, reject) => {
            socket.on('unexpected-response', (request, response) => { resolve(response.statusCode); request.destroy(); });
            socket.on('open', () => reject(new Error('opened')));
            socket.on('error', () => {}); // the destroyed request says so once more
        }), 'answer');
        assert.equal(answered, status);
    }
});

test('§5 /ws/echo returns what ws sends in fragments, text and binary', async () => {
    const socket = new WebSocket(`${origin.replace('http', 'ws')}/ws/echo`);
    await within(new Promise((resolve) => socket.on('open', resolve)), 'open');
    for (const binaryFrame of [false, true]) {
        const back = new Promise((resolve) => socket.once('message', (data, isBinary) => resolve([String(data), isBinary])));
        socket.send('uno ', { fin: false, binary: binaryFrame });
        socket.send('dos ', { fin: false });
        socket.send('tres', { fin: true });
        assert.deepEqual(await within(back, 'echo'), ['uno dos tres', binaryFrame]);
    }
    socket.terminate();
});

test('§4 EventSource comes back by itself after a crash of the server, with every entry once and in order', async () => {
    const name = await newRoom();
    const source = new EventSource(`${origin}/events/rooms/${name}`, { headers: { Authorization: `Bearer ${admin}` } });
    const seen = [];
    let look = () => {};
    source.addEventListener('chat', (event) => {
        seen.push([event.lastEventId, JSON.parse(event.data).content]);
        look();
    });
    const reached = (count) => within(new Promise((resolve) => {
        look = () => { if (seen.length >= count) { resolve(); } };
        look();
    }), `event ${count} of ${JSON.stringify(seen)}`);
    await within(new Promise((resolve) => { source.onopen = resolve; }), 'open');
    await call('POST', `/api/rooms/${name}/messages`, { content: 'one' });
    await reached(1);
    server.kill('SIGKILL');
    await server.exited;
    await start(Number(new URL(origin).port));
    await call('POST', `/api/rooms/${name}/messages`, { content: 'two' }); // EventSource still waits its three seconds
    await reached(2);
    await call('POST', `/api/rooms/${name}/messages`, { content: 'three' });
    await reached(3);
    source.close();
    assert.deepEqual(seen, [['1', 'one'], ['2', 'two'], ['3', 'three']]);
});

test('§4 EventSource hears the clock without a token, and an error where one is needed', async () => {
    const clock = new EventSource(`${origin}/events/clock`);
    const tick = await within(new Promise((resolve) => clock.addEventListener('tick', resolve)), 'tick');
    assert.ok(Number(tick.lastEventId) >= 0);
    clock.close();
    const refused = new EventSource(`${origin}/events`);
    const error = await within(new Promise((resolve) => { refused.onerror = resolve; }), 'error');
    assert.equal(error.status, 401);
    refused.close();
});
