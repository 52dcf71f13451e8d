// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later

// A real server on a free port and a real browser; people are pages in contexts of their own.

import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { chromium } from 'playwright-core';

export const binary = process.env.TERTULIA_BINARY;
if (!binary) throw new Error('TERTULIA_BINARY must name the tertulia executable');

const READY = /^Tertulia is ready at (\S+)/;
const WAIT = 15000;

export class Server {
  /// `windows`: the program with its windows instead of headless; `env`: more variables for it.
  constructor(args = [], { windows = false, env = {} } = {}) {
    this.args = windows ? args : ['--headless', ...args];
    this.env = { ...process.env, ...env };
    this.dataDir = mkdtempSync(join(tmpdir(), 'tertulia-browser-'));
    this.port = 0;
  }

  async start() {
    this.process = spawn(binary, ['--host', '127.0.0.1', '--port', String(this.port), '--data-dir', this.dataDir, ...this.args],
      { stdio: ['ignore', 'pipe', 'pipe'], env: this.env });
    this.errors = '';
    this.process.stderr.on('data', (chunk) => { this.errors = (this.errors + chunk).slice(-20000); });
    this.exited = new Promise((resolve) => this.process.once('exit', (code, signal) => resolve({ code, signal })));
    const lines = createInterface({ input: this.process.stdout });
    const ready = new Promise((resolve, reject) => {
      lines.on('line', (line) => READY.test(line) && resolve(READY.exec(line)[1]));
      this.exited.then(({ code }) => reject(new Error(`the server exited with ${code}\n${this.errors}`)));
      setTimeout(() => reject(new Error(`the server was not ready in time\n${this.errors}`)), WAIT).unref();
    });
    this.url = (await ready).replace(/\/?$/, '/');
    this.port = Number(new URL(this.url).port); // A restart takes the same one: links were shared.
    return this;
  }

  async kill() {
    this.process.kill('SIGKILL');
    await this.exited;
  }

  async stop() {
    if (this.process.exitCode === null && this.process.signalCode === null) this.process.kill('SIGTERM');
    await this.exited;
    rmSync(this.dataDir, { recursive: true, force: true });
  }

  command(...args) {
    return execFileSync(binary, [...args, '--data-dir', this.dataDir], { encoding: 'utf8' }).trim();
  }

  async call(method, path, body, token) {
    const headers = token ? { Authorization: `Bearer ${token}` } : {};
    if (body !== undefined) headers['Content-Type'] = 'application/json';
    const response = await fetch(new URL(path, this.url), { method, headers, body: body === undefined ? undefined : JSON.stringify(body) });
    return { status: response.status, data: await response.json().catch(() => null) };
  }

  async guest(name) {
    const { status, data } = await this.call('POST', '/api/session', { name });
    assert.equal(status, 201, `guest ${name}: ${JSON.stringify(data)}`);
    return data.token;
  }
}

export function launch() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  });
}

/// A page in a context of its own that collects what must not happen: uncaught errors and policy violations.
export async function newPage(browser, server, options = {}) {
  const { path = '', init, ...contextOptions } = options;
  const context = await browser.newContext({ locale: 'en-GB', viewport: { width: 1280, height: 800 }, ...contextOptions });
  const page = await context.newPage();
  page.setDefaultTimeout(WAIT);
  page.faults = [];
  page.on('pageerror', (error) => page.faults.push(String(error.stack || error)));
  page.on('console', (message) => {
    if (/content security policy|refused to/i.test(message.text())) page.faults.push(message.text());
  });
  await page.addInitScript(() => document.addEventListener('securitypolicyviolation', (event) => {
    console.error(`Content Security Policy: ${event.violatedDirective} ${event.blockedURI}`);
  }));
  if (init) await page.addInitScript(init);
  await page.goto(new URL(path, server.url).href);
  return page;
}

export async function enter(page, name) {
  await page.waitForSelector('body.ready');
  await page.fill('#join-form [name=name]', name);
  await page.click('#join-submit');
  await online(page);
}

export async function person(browser, server, name, options) {
  const page = await newPage(browser, server, options);
  await enter(page, name);
  return page;
}

/// Connected, and the room on screen is joined.
export async function online(page) {
  await page.waitForSelector('#connection.on, #connection.half', { state: 'attached' });
  await page.waitForSelector('#room[data-joined=true]');
}

export async function say(page, text) {
  await page.fill('#composer-text', text);
  await page.press('#composer-text', 'Enter');
}

export const message = (page, text) => page.locator('#messages .message:not(.pending) .body', { hasText: text });

export async function seen(page, text) {
  await message(page, text).first().waitFor();
}

/// The texts of all messages on the page, in order, one string each.
export function texts(page) {
  return page.$$eval('#messages .message', (rows) => rows.map((row) => row.querySelector('.body').textContent));
}

export function noFaults(...pages) {
  for (const page of pages) assert.deepEqual(page.faults, []);
}
