// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The program as a person starts it, with its windows on a display of its own: the built-in chat window and two pages
// talk in one room.

import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { after, before, test } from 'node:test';
import { Server, launch, noFaults, person, say, seen } from './support.mjs';

let display;
let server;
let browser;

/// The first line of a pipe; Xvfb tells the display it took.
function firstLine(stream) {
  return new Promise((resolve) => createInterface({ input: stream }).once('line', resolve));
}

function xdotool(...args) {
  return execFileSync('xdotool', args, { env: { ...process.env, DISPLAY: display.name }, encoding: 'utf8' }).trim();
}

/// The window of the program whose title holds the text.
async function windowNamed(text) {
  return xdotool('search', '--sync', '--onlyvisible', '--name', text).split('\n')[0];
}

async function until(what, check) {
  for (let tries = 0; tries < 150; tries += 1) {
    const found = await check();
    if (found) return found;
    await new Promise((resolve) => { setTimeout(resolve, 100); });
  }
  return assert.fail(`still not: ${what}`);
}

before(async () => {
  display = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1400x900x24', '-nolisten', 'tcp'], { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
  display.name = `:${await firstLine(display.stdio[3])}`;
  server = await new Server(['--name', 'Desk', '--set', 'limits.messages_per_second=0'],
    { windows: true, env: { DISPLAY: display.name, QT_QPA_PLATFORM: 'xcb', LC_ALL: 'C.UTF-8' } }).start();
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await server?.stop();
  display?.kill();
});

test('two pages and the built-in window talk in one room', async () => {
  const token = server.command('token', '--user', 'Watcher', '--role', 'admin');
  const host = async () => {
    const { data } = await server.call('GET', '/api/connections', undefined, token);
    return data.connections.find((one) => !/Mozilla/.test(one.user_agent ?? '') && one.rooms?.includes('general'));
  };
  xdotool('windowfocus', '--sync', await windowNamed('Desk'), 'key', 'ctrl+Return');
  const before = await until('the window is in the room', host);
  const ana = await person(browser, server, 'Ana');
  const leo = await person(browser, server, 'Leo');
  await ana.locator('#members-list', { hasText: before.user.name ?? before.user }).waitFor();

  const chat = await windowNamed('general');
  xdotool('windowfocus', '--sync', chat, 'type', '--delay', '20', 'written in the window');
  xdotool('key', '--window', chat, 'Return');
  await seen(ana, 'written in the window');
  await seen(leo, 'written in the window');

  const told = (await host()).messages_out;
  await say(ana, 'from the first page');
  await say(leo, 'from the second page');
  await seen(leo, 'from the first page');
  await seen(ana, 'from the second page');
  await until('the window was told of both', async () => (await host()).messages_out >= told + 2);
  noFaults(ana, leo);
});

test('the end of the program is told to the pages, which wait for it', async () => {
  const page = await person(browser, server, 'Eva');
  server.process.kill('SIGTERM');
  const { code } = await server.exited;
  assert.equal(code, 0);
  await page.locator('#banner:not([hidden])').waitFor();
});
