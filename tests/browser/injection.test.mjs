// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { Server, launch, newPage, noFaults, person } from './support.mjs';

const { payloads } = JSON.parse(readFileSync(new URL('../support/payloads.json', import.meta.url)));

let server;
let browser;
before(async () => {
  server = await new Server(['--set', 'limits.messages_per_second=0']).start();
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

/// What the timeline may be made of; anything else would have come from a message.
const ALLOWED = new Set(['LI', 'SPAN', 'DIV', 'BUTTON', 'BDI', 'TIME', 'P', 'STRONG', 'EM', 'S', 'CODE', 'PRE', 'A', 'BLOCKQUOTE', 'svg', 'path', 'FIGURE', 'IMG', 'FIGCAPTION']);

test('messages, names and file names show as text and run nothing', async () => {
  const writer = await server.guest('Tester');
  const page = await person(browser, server, 'Victim');
  let accepted = 0;
  for (const payload of payloads) {
    const { status } = await server.call('POST', '/api/rooms/general/messages', { content: payload }, writer);
    if (status === 201) accepted += 1;
    else assert.ok(status === 422, `${status} for ${JSON.stringify(payload)}`);
  }
  assert.ok(accepted > payloads.length * 0.8, `only ${accepted} accepted`);
  for (const payload of payloads.slice(0, 40)) {
    await fetch(new URL(`/api/rooms/general/files?name=${encodeURIComponent(`${payload}.txt`)}`, server.url),
      { method: 'POST', headers: { Authorization: `Bearer ${writer}`, 'Content-Type': 'text/html' }, body: payload });
  }
  await page.locator('.message', { hasText: 'Tester' }).first().waitFor();
  await page.waitForFunction((count) => document.querySelectorAll('#messages .message').length >= count, Math.min(accepted, 200));
  const bad = await page.evaluate((allowed) => [...document.querySelectorAll('#messages *')].filter((node) => !allowed.includes(node.tagName)
    || [...node.attributes].some((one) => one.name.startsWith('on') || one.name === 'style' && !/^--hue/.test(one.value))).map((node) => node.outerHTML), [...ALLOWED]);
  assert.deepEqual(bad, []);
  const links = await page.$$eval('#messages a', (nodes) => nodes.map((node) => [node.protocol, node.rel]));
  assert.ok(links.length > 0);
  for (const [protocol, rel] of links) {
    assert.ok(['http:', 'https:', 'mailto:'].includes(protocol), protocol);
    assert.equal(rel, 'noopener noreferrer');
  }
  assert.equal(await page.evaluate(() => globalThis.__pwned), undefined);
  assert.equal(await page.evaluate(() => ({}).polluted), undefined);
  noFaults(page);
  await page.context().close();
});

test('a link shows where it leads', async () => {
  const writer = await server.guest('Linker');
  await server.call('POST', '/api/rooms/general/messages', { content: 'see [https://bank.example](https://evil.example)' }, writer);
  const page = await person(browser, server, 'Reader');
  const link = page.locator('.message', { hasText: 'see' }).locator('a').last();
  assert.equal(await link.textContent(), await link.getAttribute('href'));
  await page.context().close();
});

test('names, rooms and codes from the address and from people run nothing', async () => {
  for (const payload of payloads.filter((text) => /[<"'`]/.test(text)).slice(0, 60)) {
    const { status } = await server.call('POST', '/api/session', { name: payload });
    assert.ok(status === 422 || status === 429 || status === 201, `${status} for the name ${JSON.stringify(payload)}`);
  }
  const page = await newPage(browser, server, { path: `j/${encodeURIComponent('"><img src=x onerror=window.__pwned=1>')}` });
  await page.waitForSelector('body.ready');
  await page.fill('#join-form [name=name]', '<img src=x onerror=window.__pwned=1>');
  await page.click('#join-submit');
  await page.locator('#join-error').waitFor();
  await page.fill('#join-form [name=name]', 'Roomer');
  await page.fill('#join-form [name=join_code]', '');
  await page.click('#join-submit');
  await page.locator('#room[data-joined=true]').waitFor();
  for (const payload of ['<img src=x onerror=window.__pwned=1>', '"><script>window.__pwned=1</script>', '__proto__', 'constructor']) {
    await page.click('#add-room');
    await page.fill('dialog [name=name]', payload);
    await page.locator('dialog button[type=submit]').click();
    await page.locator('dialog').waitFor({ state: 'detached' });
  }
  assert.equal(await page.evaluate(() => globalThis.__pwned), undefined);
  noFaults(page);
  await page.context().close();
});
