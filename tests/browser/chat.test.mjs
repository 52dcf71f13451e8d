// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Server, enter, launch, message, newPage, noFaults, online, person, say, seen, texts } from './support.mjs';

let server;
let browser;
before(async () => {
  server = await new Server(['--name', 'Aula 3', '--set', 'server.rooms=dudas', '--set', 'limits.messages_per_second=0']).start();
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

test('two people talk and see each other come and go', async () => {
  const ana = await person(browser, server, 'Ana');
  const leo = await person(browser, server, 'Leo');
  await ana.locator('#members-list', { hasText: 'Leo' }).waitFor();
  await say(ana, 'hello **Leo**');
  await seen(leo, 'hello Leo');
  assert.equal(await message(leo, 'hello Leo').locator('strong').textContent(), 'Leo');
  await say(leo, 'hi there');
  await seen(ana, 'hi there');
  await leo.context().close();
  await ana.locator('#messages .note', { hasText: 'Leo' }).waitFor();
  noFaults(ana);
  await ana.context().close();
});

test('history is there after a reload, once each and in order', async () => {
  const page = await person(browser, server, 'Reader');
  for (let n = 1; n <= 5; n += 1) {
    await say(page, `line number ${n}`);
    await seen(page, `line number ${n}`);
  }
  await page.waitForFunction(() => !document.querySelector('.message.pending'));
  const before = (await texts(page)).filter((text) => text.startsWith('line number'));
  await page.reload();
  await online(page);
  await seen(page, 'line number 5');
  const after = (await texts(page)).filter((text) => text.startsWith('line number'));
  assert.deepEqual(after, before);
  assert.equal(after.length, 5);
  noFaults(page);
  await page.context().close();
});

test('older messages load while scrolling up and the place stays', async () => {
  const token = await server.guest('Writer');
  const opener = await person(browser, server, 'Opener');
  await opener.keyboard.press('Control+k');
  await opener.fill('dialog.switcher input', 'long');
  await opener.keyboard.press('Enter');
  await opener.locator('#room-title', { hasText: 'long' }).waitFor();
  await say(opener, 'old 0');
  await seen(opener, 'old 0');
  for (let n = 1; n <= 130; n += 1) {
    const { status } = await server.call('POST', '/api/rooms/long/messages', { content: `old ${n}`, ref: `old-${n}` }, token);
    assert.equal(status, 201);
  }
  await opener.context().close();
  const page = await person(browser, server, 'Scroller');
  await page.keyboard.press('Control+k');
  await page.fill('dialog.switcher input', 'long');
  await page.keyboard.press('Enter');
  await seen(page, 'old 130');
  assert.equal(await message(page, /^old 3$/).count(), 0);
  const place = (text) => page.evaluate((wanted) => {
    const rows = [...document.querySelectorAll('#messages .message')];
    const row = rows.find((one) => !wanted || one.querySelector('.body').textContent === wanted);
    return { text: row.querySelector('.body').textContent, count: rows.length, y: row.getBoundingClientRect().top };
  }, text);
  const first = await place();
  await page.evaluate(() => { document.querySelector('#timeline').scrollTop = 10; });
  const anchorBefore = await place(first.text);
  await page.waitForFunction((count) => document.querySelectorAll('#messages .message').length > count, first.count);
  const anchorAfter = await place(first.text);
  assert.ok(Math.abs(anchorAfter.y - anchorBefore.y) < 4, `moved by ${anchorAfter.y - anchorBefore.y}`);
  noFaults(page);
  await page.context().close();
});

test('edit, reply, react, delete', async () => {
  const eva = await person(browser, server, 'Eva');
  const tom = await person(browser, server, 'Tom');
  await say(eva, 'first wording');
  await seen(tom, 'first wording');
  await eva.waitForFunction(() => !document.querySelector('.message.pending'));
  await eva.press('#composer-text', 'ArrowUp');
  assert.equal(await eva.inputValue('#composer-text'), 'first wording');
  await say(eva, 'second wording');
  await seen(tom, 'second wording');
  await tom.locator('.edited').first().waitFor();
  const row = tom.locator('.message', { hasText: 'second wording' });
  await row.hover();
  await row.locator('.tools .emoji').first().click();
  await eva.locator('.message', { hasText: 'second wording' }).locator('.reaction').waitFor();
  await row.hover();
  await row.getByRole('button', { name: 'Reply' }).click();
  await say(tom, 'an answer');
  await eva.locator('.message', { hasText: 'an answer' }).locator('.quote', { hasText: 'second wording' }).waitFor();
  const own = eva.locator('.message.own', { has: eva.locator('.reaction') });
  await own.hover();
  await own.getByRole('button', { name: 'Delete' }).click();
  await eva.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
  await tom.waitForFunction(() => ![...document.querySelectorAll('.body')].some((body) => body.textContent.startsWith('second wording')));
  noFaults(eva, tom);
  await eva.context().close();
  await tom.context().close();
});

test('a mention in another room shows as a red mark and in the title', async () => {
  const mia = await person(browser, server, 'Mia');
  const teo = await person(browser, server, 'Teo');
  for (const page of [mia, teo]) {
    await page.locator('.room', { hasText: 'dudas' }).click();
    await page.locator('#room-title', { hasText: 'dudas' }).waitFor();
    await online(page);
  }
  await mia.locator('.room', { hasText: 'general' }).click();
  await say(teo, 'look here @Mia');
  await mia.locator('.room', { hasText: 'dudas' }).locator('.badge.red').waitFor();
  await mia.waitForFunction(() => document.title.startsWith('(1)'));
  await mia.locator('.room', { hasText: 'dudas' }).click();
  await mia.locator('.separator.line').waitFor();
  await mia.waitForFunction(() => !document.title.startsWith('('));
  noFaults(mia, teo);
  await mia.context().close();
  await teo.context().close();
});

test('direct messages reach the other one without a join', async () => {
  const una = await person(browser, server, 'Una');
  const dos = await person(browser, server, 'Dos');
  await una.locator('#members-list .person', { hasText: 'Dos' }).click();
  await una.getByRole('menuitem', { name: 'Direct message' }).click();
  await una.fill('dialog textarea', 'between us');
  await una.locator('dialog button[type=submit]').click();
  await una.locator('#room-title', { hasText: 'Dos' }).waitFor();
  await seen(una, 'between us');
  await dos.locator('#rooms-direct .room', { hasText: 'Una' }).click();
  await seen(dos, 'between us');
  await say(dos, 'and back');
  await seen(una, 'and back');
  noFaults(una, dos);
  await una.context().close();
  await dos.context().close();
});

test('search finds and marks', async () => {
  const page = await person(browser, server, 'Finder');
  await say(page, 'a needle in the hay');
  await seen(page, 'needle');
  await page.waitForFunction(() => !document.querySelector('.message.pending'));
  await page.click('#open-search');
  await page.fill('#search-text', 'needle');
  await page.locator('#search-results mark', { hasText: 'needle' }).first().waitFor();
  await page.locator('#search-results .result').first().click();
  await page.locator('.message.flash', { hasText: 'needle' }).waitFor();
  noFaults(page);
  await page.context().close();
});

test('typing is told and goes away', async () => {
  const one = await person(browser, server, 'Tapper');
  const two = await person(browser, server, 'Watcher');
  await one.locator('#composer-text').pressSequentially('abc');
  await two.locator('#typing', { hasText: 'Tapper' }).waitFor();
  await say(one, 'abc done');
  await seen(two, 'abc done');
  await two.waitForFunction(() => document.querySelector('#typing').textContent === '');
  await one.context().close();
  await two.context().close();
});

test('a name in use is refused in words; a code is asked for when one is needed', async () => {
  const first = await person(browser, server, 'Taken');
  const second = await newPage(browser, server);
  await second.waitForSelector('body.ready');
  await second.fill('#join-form [name=name]', 'Taken');
  await second.click('#join-submit');
  await second.locator('#join-error', { hasText: 'in use' }).waitFor();
  await second.context().close();
  await first.context().close();

  const closed = await new Server(['--join-code', '4F7K-Q2MX']).start();
  const page = await newPage(browser, closed);
  await page.waitForSelector('body.ready');
  await page.fill('#join-form [name=name]', 'Coder');
  await page.click('#join-submit');
  await page.locator('#join-code-field').waitFor();
  await page.fill('#join-form [name=join_code]', '4F7K-Q2MX');
  await page.click('#join-submit');
  await online(page);
  const link = await newPage(browser, closed, { path: 'j/4F7K-Q2MX' });
  await enter(link, 'Linked');
  noFaults(page, link);
  await page.context().close();
  await link.context().close();
  await closed.stop();
});

test('the page speaks Spanish and English', async () => {
  const spanish = await newPage(browser, server, { locale: 'es-ES' });
  await spanish.locator('#join-submit', { hasText: 'Entrar' }).waitFor();
  assert.equal(await spanish.getAttribute('html', 'lang'), 'es');
  const english = await newPage(browser, server, { locale: 'de-DE' });
  await english.locator('#join-submit', { hasText: 'Come in' }).waitFor();
  await spanish.context().close();
  await english.context().close();
  const tables = await Promise.all(['en', 'es'].map(async (code) => (await fetch(new URL(`web/${code}.json`, server.url))).json()));
  assert.deepEqual(Object.keys(tables[0]).sort(), Object.keys(tables[1]).sort());
  const holes = (text) => [...JSON.stringify(text).matchAll(/\{(\w+)\}/g)].map((found) => found[1]).sort();
  for (const key of Object.keys(tables[0])) assert.deepEqual([...new Set(holes(tables[1][key]))], [...new Set(holes(tables[0][key]))], key);
});
