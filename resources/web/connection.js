// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Keeps one live transport to the server: chooses it, watches that it lives, brings it back after a growing and
// jittered wait, and stops where the close code says so. Knows nothing of rooms.

import { WebSocketTransport, HttpTransport } from './transports.js';

const NO_RETURN = new Set([1000, 1002, 1003, 1007, 1008, 1009, 4003, 4029]);
const FIRST_WAIT = 500;
const LONGEST_WAIT = 30000;
const STABLE_AFTER = 10000;
const ANSWER_WITHIN = 10000;
const PROBE_EVERY = 120000;
const BLOCKED_AFTER = 2;

export class Connection {
  /// `handlers`: onFrame(frame), onState(state), onTraffic(direction, frame) for the debug pane.
  constructor(api, handlers) {
    this.api = api;
    this.handlers = handlers;
    this.state = { name: 'stopped' };
    this.attempt = 0;
    this.blocked = globalThis.WebSocket ? 0 : BLOCKED_AFTER;
    this.heartbeat = 25000;
    this.wake = () => this.check();
  }

  start() {
    this.running = true;
    addEventListener('online', this.wake);
    addEventListener('offline', this.wake);
    addEventListener('pageshow', this.wake);
    document.addEventListener('visibilitychange', this.wake);
    this.open();
  }

  stop(state = { name: 'stopped' }) {
    this.running = false;
    removeEventListener('online', this.wake);
    removeEventListener('offline', this.wake);
    removeEventListener('pageshow', this.wake);
    document.removeEventListener('visibilitychange', this.wake);
    this.drop();
    this.set(state);
  }

  set(state) {
    this.state = state;
    this.handlers.onState(state);
  }

  drop() {
    for (const timer of [this.retryTimer, this.pingTimer, this.answerTimer, this.stableTimer]) clearTimeout(timer);
    clearInterval(this.probeTimer);
    this.answerTimer = null;
    this.transport?.close();
    this.transport = null;
  }

  async open() {
    this.drop();
    const overHttp = this.blocked >= BLOCKED_AFTER;
    this.set({ name: 'connecting', attempt: this.attempt });
    const Transport = overHttp ? HttpTransport : WebSocketTransport;
    const transport = new Transport(this.api, {
      onOpen: () => this.opened(transport),
      onFrame: (frame) => this.received(transport, frame),
      onClose: (result) => this.closed(transport, result),
      onKind: (kind) => this.transport === transport && this.set({ ...this.state, transport: kind }),
    });
    this.transport = transport;
    try {
      await transport.open();
    } catch (error) {
      if (this.transport !== transport) return;
      const code = error.status === 401 ? 4001 : error.code === 'banned' ? 4003 : 0;
      this.closed(transport, { code, reason: error.code || 'unreachable', retryAfter: error.retryAfter });
    }
  }

  opened(transport) {
    if (this.transport !== transport) return;
    if (transport.kind === 'websocket') this.blocked = 0;
    this.set({ name: 'online', transport: transport.kind });
    this.stableTimer = setTimeout(() => { this.attempt = 0; }, STABLE_AFTER);
    this.schedulePing();
    if (transport.kind !== 'websocket' && globalThis.WebSocket) {
      this.probeTimer = setInterval(() => this.probe(), PROBE_EVERY);
    }
  }

  received(transport, frame) {
    if (this.transport !== transport) return;
    clearTimeout(this.answerTimer);
    this.answerTimer = null;
    this.handlers.onTraffic?.('in', frame);
    if (frame.type === 'welcome' && frame.heartbeat_ms > 0) this.heartbeat = frame.heartbeat_ms;
    if (frame.type !== 'pong') this.handlers.onFrame(frame);
  }

  send(frame) {
    const sent = this.state.name === 'online' && this.transport?.send(frame);
    if (sent) this.handlers.onTraffic?.('out', frame);
    return Boolean(sent);
  }

  schedulePing() {
    clearTimeout(this.pingTimer);
    this.pingTimer = setTimeout(() => {
      this.ping(ANSWER_WITHIN);
      this.schedulePing();
    }, Math.max(1000, this.heartbeat));
  }

  /// Asks for a sign of life; a connection that gives none in time is taken for dead, whatever the socket says.
  ping(within) {
    if (this.answerTimer || !this.send({ type: 'ping' })) return;
    const transport = this.transport;
    this.answerTimer = setTimeout(() => this.closed(transport, { code: 1006, reason: 'silent' }), within);
  }

  /// The network or the page came back: a waiting connection tries now, an open one proves that it lives.
  check() {
    if (!this.running || document.visibilityState === 'hidden') return;
    if (this.state.name === 'waiting' && navigator.onLine !== false) this.retryNow();
    else if (this.state.name === 'online') this.ping(3000);
  }

  retryNow() {
    if (this.running && this.state.name !== 'online') this.open();
  }

  closed(transport, result) {
    if (this.transport !== transport || !this.running) return;
    const wasOnline = this.state.name === 'online';
    this.drop();
    // The ticket was had over HTTP and the socket still did not open: something in between blocks WebSocket.
    if (transport.kind === 'websocket' && transport.socket && !transport.opened) this.blocked += 1;
    this.handlers.onTraffic?.('close', { type: 'close', code: result.code, reason: result.reason });
    if (NO_RETURN.has(result.code)) return this.stop({ name: 'refused', code: result.code, reason: result.reason, wasOnline });
    if (result.code === 4001) return this.stop({ name: 'signin', code: 4001, reason: result.reason, wasOnline });
    const ceiling = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** this.attempt);
    const wait = Math.max(100, Math.random() * ceiling, (result.retryAfter || 0) * 1000);
    this.attempt += 1;
    this.set({ name: 'waiting', attempt: this.attempt, retryAt: Date.now() + wait, offline: navigator.onLine === false });
    this.retryTimer = setTimeout(() => this.open(), wait);
    return undefined;
  }

  /// While on HTTP: does a WebSocket get through by now? Then take it.
  probe() {
    const address = new URL('/ws/echo', location.href);
    address.protocol = address.protocol.replace('http', 'ws');
    const socket = new WebSocket(address);
    const timer = setTimeout(() => socket.close(), 5000);
    socket.onopen = () => {
      clearTimeout(timer);
      socket.close(1000);
      this.blocked = 0;
      if (this.running) this.open();
    };
  }
}
