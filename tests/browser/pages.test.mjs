// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Server, launch, newPage, noFaults, person } from './support.mjs';

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

test('the echo page sends and shows what comes back', async () => {
  const page = await newPage(browser, server, { path: 'echo' });
  await page.waitForSelector('body.ready');
  for (const [address, kind, data, expected] of [['/ws', 'json', 'hola', '"data":"hola"'], ['/ws', 'ping', '', '"type":"pong"'], ['/ws', 'text', 'no json', '"type":"error"'],
    ['/ws/7', 'binary', '00 ff 10', '00 ff 10'], ['/ws/echo', 'text', 'plain', 'plain']]) {
    await page.fill('#address', address);
    await page.click('#connect');
    await page.locator('#send:enabled').waitFor();
    await page.selectOption('#kind', kind);
    if (data) await page.fill('#data', data);
    await page.click('#send');
    await page.locator('#frames tr.in', { hasText: expected }).filter({ hasText: 'ms' }).first().waitFor();
    await page.click('#connect');
    await page.locator('#send:disabled').waitFor();
    await page.click('#clear');
  }
  noFaults(page);
  await page.context().close();
});

test('the dashboard is for admins, shows live numbers and kicks', async () => {
  const guest = await person(browser, server, 'Target');
  const page = await newPage(browser, server, { path: 'dashboard' });
  await page.waitForSelector('body.ready');
  await page.click('summary');
  await page.fill('[name=token]', await server.guest('Nosy'));
  await page.click('#sign-in-form button[type=submit]');
  await page.locator('#sign-in-error', { hasText: 'not the host' }).waitFor();
  await page.fill('[name=token]', server.command('token', '--user', 'host', '--role', 'admin'));
  await page.click('#sign-in-form button[type=submit]');
  await page.locator('#live', { hasText: 'Live' }).waitFor();
  await page.waitForFunction(() => document.querySelector('.chart polyline').getAttribute('points').split(' ').length > 2);
  const row = page.locator('#connections tr', { hasText: 'Target' });
  await row.waitFor();
  await row.getByRole('button').click();
  await page.getByRole('dialog').getByRole('button', { name: 'Kick' }).click();
  await guest.locator('#banner', { hasText: 'put you out' }).waitFor();
  noFaults(page, guest);
  await page.context().close();
  await guest.context().close();
});

test('the documentation shows every operation and lets it be tried', async () => {
  const page = await newPage(browser, server, { path: 'docs' });
  await page.waitForSelector('body.ready');
  const openapi = (await server.call('GET', '/openapi.json')).data;
  const asyncapi = (await server.call('GET', '/asyncapi.json')).data;
  const operations = Object.values(openapi.paths).flatMap((item) => Object.keys(item));
  assert.equal(await page.locator('#operations details').count(), operations.length);
  assert.equal(await page.locator('#async > details').count(), Object.keys(asyncapi.channels).length);
  await page.click('#guest');
  await page.waitForFunction(() => document.querySelector('#token').value);
  await page.click('#post-api-rooms-room-messages > summary');
  await page.click('#post-api-rooms-room-messages button[type=submit]');
  await page.locator('#post-api-rooms-room-messages [role=status]', { hasText: '201' }).waitFor();
  await page.click('#live-tools section:nth-child(1) button[type=submit]');
  await page.locator('#live-tools section:nth-child(1) tr', { hasText: 'tick' }).first().waitFor();
  await page.click('#live-tools section:nth-child(2) button[type=submit]');
  await page.locator('#live-tools section:nth-child(2) tr', { hasText: 'welcome' }).waitFor();
  noFaults(page);
  await page.context().close();
});

/// Every $ref of a document leads somewhere.
function dangling(document) {
  const lost = [];
  const walk = (node) => {
    if (!node || typeof node !== 'object') return;
    if (typeof node.$ref === 'string') {
      const target = node.$ref.slice(2).split('/').reduce((value, key) => value?.[key.replace(/~1/g, '/').replace(/~0/g, '~')], document);
      if (target === undefined) lost.push(node.$ref);
    }
    Object.values(node).forEach(walk);
  };
  walk(document);
  return lost;
}

test('the descriptions are whole and name the version that runs', async () => {
  const { version } = (await server.call('GET', '/healthz')).data;
  for (const path of ['/openapi.json', '/asyncapi.json']) {
    const { data } = await server.call('GET', path);
    assert.deepEqual(dangling(data), [], path);
    assert.equal(data.info.version, version);
    assert.ok(!JSON.stringify(data).includes('@VERSION@'));
  }
});

test('every documented path and method is there', async () => {
  const { data: openapi } = await server.call('GET', '/openapi.json');
  const token = server.command('token', '--user', 'host', '--role', 'admin');
  const missing = [];
  for (const [path, item] of Object.entries(openapi.paths)) {
    const address = path.replace('{room}', 'general').replace(/\{\w+\}/g, 'x');
    const response = await fetch(new URL(address, server.url), { method: 'OPTIONS', headers: { Authorization: `Bearer ${token}` } });
    await response.body?.cancel();
    const allowed = (response.headers.get('Allow') || '').split(',').map((verb) => verb.trim().toLowerCase());
    for (const verb of Object.keys(item)) if (!allowed.includes(verb)) missing.push(`${verb} ${path}: ${response.status} ${allowed}`);
  }
  assert.deepEqual(missing, []);
});
