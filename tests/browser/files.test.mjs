// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { Server, launch, noFaults, person } from './support.mjs';

let server;
let browser;
before(async () => {
  server = await new Server(['--set', 'limits.upload_bytes=300000']).start();
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

const PIXEL = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');

test('a file goes up, is told to all, and comes down as it was', async () => {
  const sender = await person(browser, server, 'Sender');
  const taker = await person(browser, server, 'Taker');
  const bytes = Buffer.from(Array.from({ length: 100000 }, (_, index) => (index * 7) % 251));
  await sender.setInputFiles('#file-input', { name: 'notes & (1).bin', mimeType: 'application/octet-stream', buffer: bytes });
  const card = taker.locator('.file-card', { hasText: 'notes & (1).bin' });
  await card.waitFor();
  const [download] = await Promise.all([taker.waitForEvent('download'), card.getByRole('button').click()]);
  assert.deepEqual(readFileSync(await download.path()), bytes);
  assert.equal(await sender.locator('.upload').count(), 0);
  noFaults(sender, taker);
  await sender.context().close();
  await taker.context().close();
});

test('a picture is shown in the page and opens on a click', async () => {
  const page = await person(browser, server, 'Painter');
  await page.setInputFiles('#file-input', { name: 'dot.png', mimeType: 'image/png', buffer: PIXEL });
  await page.waitForFunction(() => document.querySelector('img.picture')?.naturalWidth === 1);
  await page.click('.picture-button');
  await page.locator('dialog.viewer img').waitFor();
  await page.keyboard.press('Escape');
  await page.locator('dialog.viewer').waitFor({ state: 'detached' });
  noFaults(page);
  await page.context().close();
});

test('a file over the limit is refused before it is sent', async () => {
  const page = await person(browser, server, 'Heavy');
  const requests = [];
  page.on('request', (request) => request.url().includes('/files?') && requests.push(request.url()));
  await page.setInputFiles('#file-input', { name: 'big.bin', mimeType: 'application/octet-stream', buffer: Buffer.alloc(400000) });
  await page.locator('.upload.failed', { hasText: 'most allowed' }).waitFor();
  assert.deepEqual(requests, []);
  await page.context().close();
});

test('pasting a file sends it', async () => {
  const page = await person(browser, server, 'Paster');
  await page.evaluate((data) => {
    const bytes = Uint8Array.from(atob(data), (char) => char.charCodeAt(0));
    const transfer = new DataTransfer();
    transfer.items.add(new File([bytes], 'pasted.png', { type: 'image/png' }));
    document.querySelector('#composer-text').dispatchEvent(new ClipboardEvent('paste', { clipboardData: transfer, bubbles: true, cancelable: true }));
  }, PIXEL.toString('base64'));
  await page.locator('.file-picture', { hasText: 'pasted.png' }).waitFor();
  await page.context().close();
});
