// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Two ways to carry the chat's frames: a WebSocket, and HTTP (Server-Sent Events or polling in, POST out) for networks
// that block the first. Both have send(frame) and close(), and call onOpen, onFrame and onClose({code, reason}).

import { local, uuid } from './util.js';

const OPEN_TIMEOUT = 8000;
const POLL_INTERVAL = 2500;
const LEASE = 6000;
const STREAM_FAILURES = 2;

let streamFailures = 0; // In a row, over all attempts: a network that cuts streams is polled instead.

export class WebSocketTransport {
  constructor(api, handlers) {
    this.kind = 'websocket';
    this.api = api;
    this.handlers = handlers;
    this.opened = false;
    this.done = false;
  }

  async open() {
    const query = await this.api.ticketQuery();
    if (this.done) return;
    const address = new URL(`/ws/chat?${query}`, location.href);
    address.protocol = address.protocol.replace('http', 'ws');
    this.socket = new WebSocket(address);
    this.timer = setTimeout(() => this.finish({ code: 1006, reason: 'timeout' }), OPEN_TIMEOUT);
    this.socket.onopen = () => {
      clearTimeout(this.timer);
      this.opened = true;
      this.handlers.onOpen();
    };
    this.socket.onmessage = (event) => {
      let frame = null;
      try {
        frame = JSON.parse(event.data);
      } catch {
        return; // Not ours: the contract has JSON only.
      }
      this.handlers.onFrame(frame);
    };
    this.socket.onclose = (event) => this.finish({ code: event.code, reason: event.reason });
  }

  send(frame) {
    if (this.socket?.readyState !== WebSocket.OPEN) return false;
    this.socket.send(JSON.stringify(frame));
    return true;
  }

  close() {
    this.done = true;
    clearTimeout(this.timer);
    if (this.socket) {
      this.socket.onopen = this.socket.onmessage = this.socket.onclose = null;
      this.socket.close(1000);
    }
  }

  finish(result) {
    if (this.done) return;
    this.close();
    this.handlers.onClose({ ...result, opened: this.opened });
  }
}

/// One EventSource per browser: HTTP/1.1 gives a host six connections over all tabs. Tabs without the lease poll.
class StreamLease {
  constructor() {
    this.owner = uuid();
  }

  take() {
    const lease = local.get('stream');
    if (lease && lease.owner !== this.owner && lease.until > Date.now()) return false;
    local.set('stream', { owner: this.owner, until: Date.now() + LEASE });
    if (!this.timer) this.timer = setInterval(() => this.take(), LEASE / 3);
    return true;
  }

  release() {
    clearInterval(this.timer);
    this.timer = null;
    if (local.get('stream')?.owner === this.owner) local.set('stream', null);
  }
}

/// Speaks the chat's frames over plain HTTP. Only the room on screen is followed; what has no HTTP call is refused
/// with the error `needs_websocket`, which the page puts in words.
export class HttpTransport {
  constructor(api, handlers) {
    this.kind = 'sse';
    this.api = api;
    this.handlers = handlers;
    this.lease = new StreamLease();
    this.room = null;
    this.last = 0;
    this.done = false;
  }

  async open() {
    const user = await this.api.whoAmI();
    const { rooms } = await this.api.get('/api/rooms');
    if (this.done) return;
    this.pagehide = () => this.lease.release();
    addEventListener('pagehide', this.pagehide);
    this.handlers.onOpen();
    this.handlers.onFrame({ type: 'welcome', user, server: {}, limits: {}, rooms, http: true });
  }

  send(frame) {
    if (this.done) return false;
    const handler = this[`send_${frame.type}`];
    if (handler) handler.call(this, frame).catch((error) => this.failed(frame, error));
    else if (frame.ref) this.answer(frame, { type: 'error', code: 'needs_websocket', temporary: false });
    return true;
  }

  answer(frame, reply) {
    if (!this.done) this.handlers.onFrame({ ...reply, ref: frame.ref });
  }

  failed(frame, error) {
    if (this.done) return;
    if (error.status === 0 || error.status === 502 || error.status === 504) this.finish({ code: 1006, reason: 'unreachable' });
    else if (error.status === 401) this.finish({ code: 4001, reason: error.code });
    else {
      const slow = error.status === 429 || error.status === 503;
      this.answer(frame, {
        type: 'error', code: error.code, message: error.detail, temporary: slow, retry_ms: (error.retryAfter || 1) * 1000,
      });
    }
  }

  async send_ping(frame) {
    await this.api.get('/api/session');
    this.answer(frame, { type: 'pong' });
  }

  async send_chat(frame) {
    const stored = await this.api.call('POST', this.api.room(frame.room, '/messages'),
      { content: frame.content, ref: frame.ref, reply_to: frame.reply_to });
    this.answer(frame, { type: 'ack', room: frame.room, ...stored });
  }

  async send_join(frame) {
    const [page, people] = await Promise.all([
      this.api.get(this.api.room(frame.room, '/messages?limit=50')),
      this.api.get(this.api.room(frame.room, '/members')).catch(() => ({ members: [] })),
    ]);
    const resumed = frame.since !== undefined;
    const missed = resumed ? page.messages.filter((message) => message.id > frame.since) : [];
    const whole = resumed && (missed.length < page.messages.length || !page.has_more);
    this.answer(frame, {
      type: 'joined', room: frame.room, epoch: frame.epoch ?? null, last_id: page.last_id, members: people.members,
      member_count: people.members.length, unread: 0, http: true,
      ...(whole ? { recovered: true, entries: missed.map((message) => ({ ...message, type: 'chat' })), messages: page.messages }
        : { recovered: resumed ? false : undefined, messages: page.messages }),
    });
    if (!frame.background) this.follow(frame.room, page.last_id ?? 0);
  }

  async send_leave(frame) {
    if (frame.room === this.room) this.stopFollowing();
    this.answer(frame, { type: 'left', room: frame.room });
  }

  stopFollowing() {
    this.source?.close();
    this.source = null;
    clearTimeout(this.timer);
    this.room = null;
  }

  async follow(room, last) {
    this.stopFollowing();
    this.room = room;
    this.last = last;
    if (globalThis.EventSource && streamFailures <= STREAM_FAILURES && this.lease.take()) {
      this.kind = 'sse';
      await this.stream(room);
    } else {
      this.kind = 'poll';
      this.poll(room);
    }
    this.handlers.onKind?.(this.kind);
  }

  async stream(room) {
    let query;
    try {
      query = await this.api.ticketQuery();
    } catch (error) {
      return this.failed({}, error);
    }
    if (this.done || room !== this.room) return undefined;
    // A ticket is good once, so a broken stream is opened anew by us, at the same place, rather than by the browser.
    const source = new EventSource(`/events/rooms/${encodeURIComponent(room)}?${query}&last_event_id=${this.last}`);
    this.source = source;
    for (const type of ['chat', 'edit', 'delete', 'reaction', 'presence']) {
      source.addEventListener(type, (event) => this.onEvent(room, type, event));
    }
    source.addEventListener('reset', () => this.send_join({ room }).catch((error) => this.failed({}, error)));
    source.onerror = () => {
      source.close();
      if (this.done || this.source !== source) return;
      streamFailures += 1;
      this.finish({ code: 1006, reason: 'stream' });
    };
    return undefined;
  }

  onEvent(room, type, event) {
    let data;
    try {
      data = JSON.parse(event.data);
    } catch {
      return;
    }
    streamFailures = 0;
    if (event.lastEventId && type !== 'presence') this.last = Number(event.lastEventId) || this.last;
    this.handlers.onFrame({ room, ...data, type });
  }

  async poll(room) {
    if (this.done || room !== this.room) return;
    try {
      let more = true;
      while (more) {
        const page = await this.api.get(this.api.room(room, `/messages?limit=200&after=${this.last}`));
        if (this.done || room !== this.room) return;
        for (const message of page.messages) this.handlers.onFrame({ ...message, type: 'chat', room });
        more = page.has_more && page.messages.length > 0;
        this.last = more ? page.messages.at(-1).id : Math.max(this.last, page.last_id ?? 0);
      }
      this.timer = setTimeout(() => this.poll(room), POLL_INTERVAL);
    } catch (error) {
      if (error.status === 429 || error.status === 503) this.timer = setTimeout(() => this.poll(room), POLL_INTERVAL * 2);
      else this.failed({}, error);
    }
  }

  close() {
    this.done = true;
    this.stopFollowing();
    this.lease.release();
    removeEventListener('pagehide', this.pagehide);
  }

  finish(result) {
    if (this.done) return;
    this.close();
    this.handlers.onClose({ ...result, opened: true });
  }
}
