// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What the person does and what the server says meet here: connection, store and outbox, and no DOM.

import { Connection } from './connection.js';
import { Outbox } from './outbox.js';
import { Store } from './store.js';
import { emitter, local, sameName, session, uuid } from './util.js';

const TYPING_EVERY = 3000;
const READ_EVERY = 800;
const ANSWER_WITHIN = 15000;
const RETRY = 1500;
const FIRST_ROOM = 'general';

export class RequestError extends Error {
  constructor(code, message, again = 0) {
    super(message || code);
    this.code = code;
    this.again = again; // Milliseconds after which trying again can help; 0: it cannot.
  }
}

export class Session {
  constructor(api) {
    Object.assign(this, emitter());
    this.api = api;
    this.store = new Store();
    this.requests = new Map();
    this.passwords = new Map(); // Of rooms joined on this page: a lost connection must not ask again.
    this.atDoor = false;
    this.typingSent = 0;
    this.outbox = new Outbox((frame) => this.connection.send(frame), (name) => this.store.emit('timeline', this.store.room(name)));
    this.outbox.ready = (name) => this.store.find(name)?.joined === true;
    this.connection = new Connection(api, {
      onFrame: (frame) => this.received(frame),
      onState: (state) => this.stateChanged(state),
      onTraffic: (direction, frame) => this.emit('traffic', direction, frame),
    });
  }

  start() {
    this.connection.start();
  }

  get overHttp() {
    return Boolean(this.connection.transport) && this.connection.transport.kind !== 'websocket';
  }

  stateChanged(state) {
    this.store.connection = state;
    if (state.name !== 'online') {
      for (const room of this.store.rooms.values()) room.joined = false;
      this.outbox.lost();
      for (const request of this.requests.values()) request.reject(new RequestError('offline'));
      this.requests.clear();
    }
    this.store.emit('connection', state);
  }

  // What the server says -------------------------------------------------------------------------------------------

  received(frame) {
    const handler = this[`on_${frame.type}`];
    if (handler) handler.call(this, frame);
    if (!frame.ref || !this.requests.has(frame.ref)) return;
    const request = this.requests.get(frame.ref);
    this.requests.delete(frame.ref);
    clearTimeout(request.timer);
    if (frame.type === 'error') request.reject(new RequestError(frame.code, frame.message, frame.temporary ? frame.retry_ms || RETRY : 0));
    else request.resolve(frame);
  }

  on_welcome(frame) {
    if (frame.token) this.api.setToken(frame.token);
    // Someone else came in on this page: what the one before could read is not theirs.
    if (this.store.user && frame.user && !this.store.isMe(frame.user.name)) this.store.clear();
    this.store.welcome(frame);
    this.outbox.load(this.store.user.name);
    const wanted = this.wantedRooms();
    const current = this.store.current || session.get('room') || wanted[0];
    const first = wanted.find((name) => sameName(name, current)) || this.store.find(current)?.name || wanted[0];
    this.select(first);
    if (!frame.http) for (const name of wanted) if (!sameName(name, first)) this.join(name);
  }

  on_waiting() {
    this.atDoor = true;
    this.emit('door', true);
  }

  on_admitted() {
    this.atDoor = false;
    this.emit('door', false);
    this.on_welcome({ rooms: [], http: this.overHttp });
  }

  on_joined(frame) {
    const result = this.store.joined(frame);
    const room = this.store.room(frame.room);
    this.remember(room.name, true);
    for (const message of room.messages.values()) if (this.store.isMe(message.user)) this.outbox.arrived(message);
    this.outbox.pump();
    this.emit('rejoined', room, result);
  }

  on_left(frame) {
    const room = this.store.find(frame.room);
    if (room) room.joined = room.complete = false;
    this.store.emit('rooms');
  }

  entry(frame) {
    if (frame.type === 'chat' && this.store.isMe(frame.user)) this.outbox.arrived(frame);
    this.store.entry(frame);
    if (frame.room === this.store.current) this.markRead();
  }

  on_chat(frame) { this.entry(frame); }
  on_edit(frame) { this.entry(frame); }
  on_delete(frame) { this.entry(frame); }
  on_reaction(frame) { this.entry(frame); }
  on_typing(frame) { this.store.typing(frame); }
  on_read(frame) { this.store.readElsewhere(frame); }
  on_presence(frame) { this.store.presence(frame); }
  on_ack(frame) { this.outbox.acked(frame); }

  on_error(frame) {
    if (this.outbox.refused(frame)) return;
    if (!this.requests.has(frame.ref)) this.emit('trouble', frame.code, frame.message);
  }

  on_system(frame) {
    const data = frame.data || {};
    switch (frame.event) {
      case 'user_joined':
      case 'user_left':
        this.store.presence(frame);
        break;
      case 'room_created':
      case 'room_changed':
        this.store.describe(data.name ? data : { ...data, name: frame.room });
        this.store.emit('rooms');
        this.store.emit('members', this.store.find(frame.room));
        break;
      case 'room_deleted':
      case 'kicked':
        this.putOut(frame, data);
        break;
      case 'announcement':
        this.emit('announcement', data);
        break;
      default:
    }
  }

  putOut(frame, data) {
    const name = frame.room;
    this.emit('putout', frame.event, name, data);
    if (!name) return;
    this.remember(name, false);
    const room = this.store.find(name);
    if (frame.event === 'room_deleted' || room?.private) this.store.forget(name);
    else if (room) room.joined = room.complete = false;
    if (sameName(this.store.current, name)) this.select(this.wantedRooms()[0]);
    this.store.emit('rooms');
  }

  // Which rooms ----------------------------------------------------------------------------------------------------

  roomsKey() {
    return `rooms.${this.store.user?.name || ''}`;
  }

  wantedRooms() {
    const kept = local.get(this.roomsKey(), [FIRST_ROOM]);
    const own = [...this.store.rooms.values()].filter((room) => room.private && !room.peer).map((room) => room.name);
    const all = [...new Set([...kept, ...own])];
    return all.length ? all : [FIRST_ROOM];
  }

  remember(name, wanted) {
    const rest = local.get(this.roomsKey(), [FIRST_ROOM]).filter((one) => !sameName(one, name));
    local.set(this.roomsKey(), wanted ? [...rest, name] : rest);
  }

  select(name) {
    const room = this.store.room(name);
    const left = this.store.current && this.store.find(this.store.current);
    if (left && left !== room) this.store.setLine(left, null);
    this.store.current = room.name;
    session.set('room', room.name);
    // Over HTTP one room is followed at a time, so going to another is joining it again, from where it stood.
    if (!room.joined || this.overHttp) this.join(room.name);
    this.store.emit('selected', room);
  }

  join(name, password = this.passwords.get(name)) {
    const room = this.store.room(name);
    const frame = { type: 'join', room: room.name };
    if (room.complete) {
      frame.since = room.lastId;
      if (room.epoch) frame.epoch = room.epoch;
    }
    if (password) frame.password = password;
    return this.request(frame).then(() => password && this.passwords.set(room.name, password), (error) => this.joinFailed(room, error, password));
  }

  joinFailed(room, error, password) {
    if (error.code === 'offline' || this.atDoor) return;
    if (error.again) {
      setTimeout(() => !room.joined && this.join(room.name, password), error.again);
      return;
    }
    this.passwords.delete(room.name);
    if (error.code === 'forbidden') {
      if (sameName(this.store.current, room.name) && !sameName(room.name, FIRST_ROOM)) this.select(FIRST_ROOM);
      this.emit('password', room, Boolean(password));
      return;
    }
    this.remember(room.name, false);
    if (!room.complete) this.store.forget(room.name);
    if (sameName(this.store.current, room.name) && !sameName(room.name, FIRST_ROOM)) this.select(this.wantedRooms()[0]);
    this.emit('trouble', error.code, error.message);
  }

  async leave(name) {
    await this.request({ type: 'leave', room: name });
    this.remember(name, false);
    const room = this.store.find(name);
    if (room) room.joined = room.complete = false;
    if (sameName(this.store.current, name)) this.select(this.wantedRooms()[0]);
    this.store.emit('rooms');
  }

  async create(fields) {
    await this.api.call('POST', '/api/rooms', fields);
    this.store.describe(fields);
    this.select(fields.name);
  }

  // What the person does -------------------------------------------------------------------------------------------

  /// Sends a command and resolves with its answer; rejects with RequestError.
  request(frame) {
    const ref = frame.ref || uuid();
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.requests.delete(ref);
        reject(new RequestError('timeout', '', RETRY));
      }, ANSWER_WITHIN);
      this.requests.set(ref, {
        timer, resolve, reject: (error) => {
          clearTimeout(timer);
          reject(error);
        },
      });
      if (this.connection.send({ ...frame, ref })) return;
      clearTimeout(timer);
      this.requests.delete(ref);
      reject(new RequestError('offline'));
    });
  }

  say(text, replyTo) {
    this.typingSent = 0;
    return this.outbox.add(this.store.current, text, replyTo);
  }

  edit(room, id, content) {
    return this.request({ type: 'edit', room, target: id, content });
  }

  remove(room, id) {
    return this.request({ type: 'delete', room, target: id, content: '' });
  }

  react(room, id, emoji, add) {
    return this.request({ type: 'reaction', room, target: id, emoji, action: add ? 'add' : 'remove' });
  }

  async direct(to, content, ref) {
    const answer = await this.request({ type: 'direct', to, content, ref });
    const room = this.store.room(answer.room);
    this.store.setPeer(room, to);
    this.select(room.name);
  }

  directRoom(name) {
    for (const room of this.store.rooms.values()) if (room.peer && sameName(room.peer, name)) return room;
    return null;
  }

  typing() {
    if (Date.now() - this.typingSent < TYPING_EVERY) return;
    if (this.connection.send({ type: 'typing', room: this.store.current })) this.typingSent = Date.now();
  }

  /// Marks the current room read if its end is being looked at; told to the server now and then.
  markRead() {
    const room = this.store.find(this.store.current);
    if (!room || !this.store.attentive(room)) return;
    const id = this.store.markRead(room);
    if (!id) return;
    clearTimeout(this.readTimer);
    this.readTimer = setTimeout(() => this.connection.send({ type: 'read', room: room.name, id }), READ_EVERY);
  }

  async older(room) {
    if (room.loading || !room.hasMore) return;
    room.loading = true;
    this.store.emit('loading', room);
    try {
      const first = room.messages.keys().next().value;
      const page = await this.api.get(this.api.room(room.name, `/messages?limit=50&before=${first}`));
      this.store.prepend(room, page);
    } finally {
      room.loading = false;
      this.store.emit('loading', room);
    }
  }

  async roomList() {
    const { rooms } = await this.api.get('/api/rooms');
    for (const info of rooms) this.store.describe(info);
    this.store.emit('rooms');
  }
}
