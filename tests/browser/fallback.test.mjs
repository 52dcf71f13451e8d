// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Server, launch, noFaults, online, person, say, seen, texts } from './support.mjs';

let server;
let browser;
before(async () => {
  server = await new Server().start();
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

const noSockets = () => { delete globalThis.WebSocket; };
/// A network that lets the page open a socket and then never lets it through.
const deadSockets = () => {
  globalThis.WebSocket = class {
    static OPEN = 1;

    constructor() {
      this.readyState = 0;
      setTimeout(() => this.onclose?.({ code: 1006, reason: '' }), 20);
    }

    close() {}
  };
};
const neither = () => {
  delete globalThis.WebSocket;
  delete globalThis.EventSource;
};

for (const [name, init, words] of [['absent', noSockets, 'without WebSocket'], ['blocked', deadSockets, 'without WebSocket'], ['absent and SSE too', neither, 'polling']]) {
  test(`with WebSocket ${name}, the chat goes on over HTTP`, async () => {
    const plain = await person(browser, server, `Plain ${name}`);
    const walled = await person(browser, server, `Walled ${name}`, { init });
    await walled.locator('#connection.half', { hasText: words }).waitFor();
    await say(plain, `over the socket, ${name}.`);
    await seen(walled, `over the socket, ${name}.`);
    await say(walled, `over HTTP, ${name}.`);
    await seen(plain, `over HTTP, ${name}.`);
    await walled.waitForFunction(() => !document.querySelector('.message.pending'));
    const mine = (await texts(walled)).filter((text) => text.endsWith(`${name}.`));
    assert.deepEqual(mine, [`over the socket, ${name}.`, `over HTTP, ${name}.`]);
    noFaults(plain, walled);
    await plain.context().close();
    await walled.context().close();
  });
}

test('a stream keeps its place over a restart of the server', async () => {
  const walled = await person(browser, server, 'Streamer', { init: noSockets });
  const plain = await person(browser, server, 'Socket');
  await say(plain, 'stream one');
  await seen(walled, 'stream one');
  await server.kill();
  await server.start();
  await online(plain);
  await say(plain, 'stream two');
  await seen(walled, 'stream two');
  assert.deepEqual((await texts(walled)).filter((text) => text.startsWith('stream')), ['stream one', 'stream two']);
  noFaults(plain, walled);
  await plain.context().close();
  await walled.context().close();
});
