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

const settled = (page) => page.waitForFunction(() => !document.querySelector('.message.pending'), null, { timeout: 45000 });

test('a server killed in mid-conversation loses and doubles nothing', async () => {
  const ana = await person(browser, server, 'Ana');
  const leo = await person(browser, server, 'Leo');
  const wanted = [];
  const write = async (page, from, to) => {
    for (let n = from; n < to; n += 1) {
      wanted.push(`survivor ${n}.`);
      await say(page, `survivor ${n}.`);
    }
  };
  await write(ana, 0, 8);
  await server.kill();
  await write(ana, 8, 12);
  await ana.locator('#banner').waitFor();
  await write(leo, 12, 14);
  await server.start();
  for (const page of [ana, leo]) {
    await page.locator('#banner').waitFor({ state: 'hidden', timeout: 45000 });
    await settled(page);
  }
  for (const text of wanted) {
    await seen(ana, text);
    await seen(leo, text);
  }
  for (const page of [ana, leo]) {
    const found = (await texts(page)).filter((text) => text.startsWith('survivor'));
    assert.deepEqual([...found].sort(), [...wanted].sort());
  }
  assert.deepEqual(await texts(ana), await texts(leo));
  noFaults(ana, leo);
  await ana.context().close();
  await leo.context().close();
});

test('what was written without a connection survives a reload and goes out once', async () => {
  const page = await person(browser, server, 'Patient');
  await say(page, 'before the fall');
  await seen(page, 'before the fall');
  await settled(page);
  await server.kill();
  await page.locator('#connection.off').waitFor();
  await say(page, 'written in the dark');
  await page.locator('.message.pending[data-state=sending]', { hasText: 'written in the dark' }).waitFor();
  const kept = await page.evaluate(() => Object.entries(sessionStorage).filter(([key]) => key.includes('outbox')).map(([, value]) => value).join());
  assert.match(kept, /written in the dark/);
  await server.start();
  await page.reload();
  await online(page);
  await settled(page);
  await seen(page, 'written in the dark');
  await page.reload();
  await online(page);
  await seen(page, 'written in the dark');
  assert.equal((await texts(page)).filter((text) => text === 'written in the dark').length, 1);
  noFaults(page);
  await page.context().close();
});

test('offline and back: the banner says so and what was missed comes', async () => {
  const away = await person(browser, server, 'Away');
  const there = await person(browser, server, 'There');
  await server.kill();
  await away.context().setOffline(true);
  await away.locator('#banner', { hasText: 'no network' }).waitFor({ timeout: 30000 });
  await server.start();
  await there.locator('#banner').waitFor({ state: 'hidden', timeout: 45000 });
  await online(there);
  await say(there, 'you missed this');
  await seen(there, 'you missed this');
  await settled(there);
  await away.context().setOffline(false);
  await seen(away, 'you missed this');
  await away.locator('#notices', { hasText: '1 missed message' }).waitFor();
  noFaults(away, there);
  await away.context().close();
  await there.context().close();
});

test('a session that was ended comes back to the door with a reason', async () => {
  const page = await person(browser, server, 'Ender');
  const token = await page.evaluate(() => JSON.parse(sessionStorage.getItem('tertulia.token')));
  const { status } = await server.call('DELETE', '/api/session', undefined, token);
  assert.equal(status, 204);
  await page.locator('#join-error', { hasText: 'ended' }).waitFor();
  noFaults(page);
  await page.context().close();
});

test('the one who is kicked is told and stays out', async () => {
  const page = await person(browser, server, 'Kicked');
  const admin = server.command('token', '--user', 'host', '--role', 'admin');
  const { data } = await server.call('GET', '/api/connections', undefined, admin);
  const row = data.connections.find((one) => one.user === 'Kicked' || one.user?.name === 'Kicked');
  await server.call('DELETE', `/api/connections/${row.id}`, undefined, admin);
  await page.locator('#banner', { hasText: 'put you out' }).waitFor();
  assert.equal(await page.locator('#banner button').count(), 0);
  noFaults(page);
  await page.context().close();
});
