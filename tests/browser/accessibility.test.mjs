// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';
import { Server, launch, newPage, noFaults, person, say, seen } from './support.mjs';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

let server;
let browser;
before(async () => {
  server = await new Server(['--name', 'Aula 3']).start();
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

/// No finding that axe calls serious or critical. The debugger's evaluation is not bound by the page's policy.
async function check(page, where) {
  await page.evaluate(axeSource);
  const result = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }));
  const found = result.violations.filter((one) => ['serious', 'critical'].includes(one.impact))
    .map((one) => `${where}: ${one.id}: ${one.nodes.slice(0, 3).map((node) => node.target.join(' ')).join('; ')}`);
  assert.deepEqual(found, []);
}

for (const colorScheme of ['light', 'dark']) {
  for (const viewport of [{ width: 390, height: 844 }, { width: 1440, height: 900 }]) {
    test(`axe finds nothing serious, ${colorScheme}, ${viewport.width} px`, async () => {
      const name = `Axe ${colorScheme} ${viewport.width}`;
      const door = await newPage(browser, server, { colorScheme, viewport, reducedMotion: 'reduce' });
      await door.waitForSelector('body.ready');
      await check(door, 'door');
      await door.context().close();
      const page = await person(browser, server, name, { colorScheme, viewport, reducedMotion: 'reduce' });
      await say(page, 'text with **bold**, `code`, https://example.org and\n```js\nlet x = 1;\n```');
      await seen(page, 'text with');
      await page.waitForFunction(() => !document.querySelector('.message.pending'));
      await page.locator('.message').last().focus();
      await page.keyboard.press('Enter');
      await check(page, 'chat');
      await page.keyboard.press('Control+k');
      await check(page, 'quick switch');
      await page.keyboard.press('Escape');
      if (viewport.width < 720) {
        await page.click('#open-drawer');
        await page.locator('#open-switch').waitFor();
        await check(page, 'drawer');
        await page.keyboard.press('Escape');
      }
      noFaults(page);
      await page.context().close();
    });
  }
}

test('other pages have nothing serious', async () => {
  for (const path of ['echo', 'dashboard', 'docs']) {
    const page = await newPage(browser, server, { path });
    await page.waitForSelector('body.ready');
    await check(page, path);
    noFaults(page);
    await page.context().close();
  }
});

test('on a phone nothing is wider than the screen and targets are 44 px', async () => {
  const page = await person(browser, server, 'Phone', { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true });
  await say(page, `wide ${'w'.repeat(300)}`);
  await seen(page, 'wide');
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 390);
  assert.ok(await page.evaluate(() => document.querySelector('#timeline').scrollWidth <= 390));
  const small = await page.$$eval('.bar button, #composer button', (nodes) => nodes.filter((node) => node.offsetParent)
    .map((node) => [node.id, node.offsetWidth, node.offsetHeight]).filter(([, width, height]) => width < 44 || height < 44));
  assert.deepEqual(small, []);
  await page.click('#open-drawer');
  await page.locator('#room-lists .room').first().waitFor({ state: 'visible' });
  await page.keyboard.press('Escape');
  await page.locator('#sidebar').waitFor({ state: 'hidden' });
  await page.context().close();
});

test('the whole way in and a message by keyboard alone', async () => {
  const page = await newPage(browser, server);
  await page.waitForSelector('body.ready');
  await page.keyboard.type('Keys');
  await page.keyboard.press('Enter');
  await page.locator('#room[data-joined=true]').waitFor();
  await page.keyboard.type('typed, not clicked');
  await page.keyboard.press('Enter');
  await seen(page, 'typed, not clicked');
  await page.waitForFunction(() => !document.querySelector('.message.pending'));
  await page.locator('#timeline').focus();
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('r');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'composer-text');
  assert.ok(await page.locator('#composer-banner').isVisible());
  await page.context().close();
});
