// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What the page knows: rooms, their messages, members and marks. Frames go in, events come out; no DOM, no network.

import { emitter, sameName, session, local } from './util.js';

const KEPT_MESSAGES = 1500;
const TYPING_LASTS = 6000;

export class Room {
  constructor(name) {
    this.name = name;
    this.topic = '';
    this.private = false;
    this.peer = null; // The other one's name in a direct room.
    this.joined = false;
    this.epoch = null;
    this.lastId = 0; // Highest log id seen, of whatever type.
    this.messages = new Map(); // Message id to message, in id order.
    this.hasMore = false;
    this.complete = false; // A `joined` has filled it.
    this.members = new Map();
    this.memberCount = 0;
    this.unread = 0;
    this.mentions = 0;
    this.line = null; // Id after which the "new messages" line stands.
    this.readSent = 0;
    this.notes = []; // Joins and leaves: {after, event, user, at}
    this.typing = new Map(); // User to the time at which it expires.
  }

  get title() {
    return this.peer || this.name;
  }

  ids() {
    return Array.from(this.messages.keys());
  }

  get lastMessage() {
    let last = null;
    for (const message of this.messages.values()) last = message;
    return last;
  }
}

export class Store {
  constructor() {
    Object.assign(this, emitter());
    this.rooms = new Map();
    this.user = null;
    this.server = {};
    this.limits = {};
    this.current = null;
    this.connection = { name: 'connecting' };
    this.attentive = () => false; // Set by the page: is the end of this room before the reader's eyes?
  }

  find(name) {
    for (const room of this.rooms.values()) if (sameName(room.name, name)) return room;
    return null;
  }

  room(name) {
    let room = this.find(name);
    if (!room) {
      room = new Room(name);
      this.rooms.set(name, room);
    }
    return room;
  }

  forget(name) {
    const room = this.find(name);
    if (room) this.rooms.delete(room.name);
    this.emit('rooms');
  }

  clear() {
    this.rooms.clear();
    this.current = null;
    this.emit('rooms');
  }

  isMe(name) {
    return Boolean(this.user) && sameName(this.user.name, name);
  }

  /// A room as lists describe it: in `welcome`, GET /api/rooms and room_* events.
  describe(info) {
    if (!info || typeof info.name !== 'string') return null;
    const room = this.room(info.name);
    if (info.topic !== undefined) room.topic = info.topic || '';
    if (info.private !== undefined) room.private = Boolean(info.private);
    if (info.read_only !== undefined) room.readOnly = Boolean(info.read_only);
    if (info.slow_mode_s !== undefined) room.slowMode = info.slow_mode_s;
    if (info.owner !== undefined) room.owner = info.owner;
    if (info.direct) this.setPeer(room, Array.isArray(info.with) ? info.with.find((name) => !this.isMe(name)) : undefined);
    if (typeof info.unread === 'number' && !room.complete) room.unread = info.unread;
    const count = info.member_count ?? (typeof info.members === 'number' ? info.members : undefined);
    if (count !== undefined && !room.joined) room.memberCount = count;
    if (room.peer && room.unread) room.mentions = room.unread;
    return room;
  }

  /// A direct room bears the other one's name: as told, as kept from before, or as seen in it.
  setPeer(room, name) {
    const seen = [...room.members.values()].map((member) => member.name)
      .concat([...room.messages.values()].map((message) => message.user)).find((one) => !this.isMe(one));
    const peer = name || local.get('peers', {})[room.name] || seen;
    room.peer = peer || room.peer || room.name;
    room.private = true;
    if (peer) local.set('peers', { ...local.get('peers', {}), [room.name]: peer });
  }

  welcome(frame) {
    this.user = frame.user || this.user;
    this.server = { ...this.server, ...frame.server };
    this.limits = { ...this.limits, ...frame.limits };
    for (const info of frame.rooms || []) this.describe(info);
    this.emit('me');
    this.emit('rooms');
  }

  /// Returns what happened to the place kept: {kind: 'fresh' | 'recovered' | 'reset' | 'gap', missed}.
  joined(frame) {
    const room = this.room(frame.room);
    const before = { epoch: room.epoch, complete: room.complete, empty: room.messages.size === 0 };
    room.joined = true;
    if (frame.topic !== undefined) room.topic = frame.topic || '';
    room.members = new Map((frame.members || []).map((member) => [member.name.toLowerCase(), member]));
    room.memberCount = frame.member_count ?? room.members.size;
    let result = { kind: 'fresh', missed: 0 };
    if (frame.recovered) {
      const entries = frame.entries || [];
      for (const entry of entries) this.entry(entry, true);
      if (frame.http) this.replaceTail(room, frame.messages || []);
      result = { kind: 'recovered', missed: entries.filter((entry) => entry.type === 'chat' && !this.isMe(entry.user)).length };
    } else {
      const other = before.complete && before.epoch && frame.epoch && before.epoch !== frame.epoch;
      // A room in which nothing was said may go and be made again: nobody lost anything.
      if (before.complete && !before.empty) result = { kind: other ? 'reset' : 'gap', missed: 0 };
      this.fill(room, frame, other);
    }
    room.epoch = frame.epoch ?? room.epoch;
    room.lastId = Math.max(room.lastId, frame.last_id || 0);
    room.complete = true;
    if (room.peer) this.setPeer(room);
    this.emit('rooms');
    this.emit('timeline', room);
    this.emit('members', room);
    return result;
  }

  fill(room, frame, otherEpoch) {
    room.messages = new Map((frame.messages || []).map((message) => [message.id, normal(message)]));
    room.hasMore = room.messages.size >= 50;
    room.lastId = frame.last_id || 0;
    room.notes = [];
    const kept = session.get(`line.${room.name}`);
    if (otherEpoch) room.line = null;
    else if (room.line === null && kept && kept.epoch === frame.epoch) room.line = kept.id;
    if (typeof frame.unread === 'number' && !frame.http) {
      room.unread = frame.unread;
      room.mentions = Math.min(room.peer ? frame.unread : room.mentions, frame.unread);
    }
    if (room.line === null && room.unread > 0) {
      const others = [...room.messages.values()].filter((message) => !this.isMe(message.user));
      const first = others.at(-Math.min(room.unread, others.length));
      if (first) this.setLine(room, first.id - 1);
    }
  }

  /// The last page as it now stands takes the place of what is held from its first message on.
  replaceTail(room, messages) {
    if (!messages.length) return;
    for (const id of room.ids()) if (id >= messages[0].id) room.messages.delete(id);
    for (const message of messages) room.messages.set(message.id, normal(message));
  }

  setLine(room, id) {
    room.line = id;
    session.set(`line.${room.name}`, id === null ? null : { epoch: room.epoch, id });
  }

  /// One log entry. `replay`: it was missed and comes with a `joined`.
  entry(frame, replay = false) {
    const room = this.room(frame.room);
    if (frame.id <= room.lastId && (frame.type !== 'chat' || room.messages.has(frame.id) || room.complete)) return false;
    if (frame.type === 'chat') this.addMessage(room, frame);
    else this.changeMessage(room, frame);
    room.lastId = Math.max(room.lastId, frame.id || 0);
    if (!replay) this.emit('timeline', room);
    return true;
  }

  addMessage(room, frame) {
    const message = normal(frame);
    // Only direct rooms send without a join: this may be the first word of someone new.
    const unheard = !room.joined && !room.complete && !room.peer && room.messages.size === 0 && !room.topic;
    if (!this.isMe(frame.user) && (unheard || room.peer === room.name)) this.setPeer(room, frame.user);
    const seen = this.attentive(room);
    const before = room.lastMessage;
    const allRead = room.unread === 0;
    room.messages.set(message.id, message);
    if (room.typing.delete(frame.user)) this.emit('typing', room);
    if (room.messages.size > KEPT_MESSAGES && (seen || room.name !== this.current)) {
      for (const id of room.ids().slice(0, room.messages.size - KEPT_MESSAGES + 300)) room.messages.delete(id);
      room.hasMore = true;
    }
    if (this.isMe(frame.user)) return;
    if (!seen) {
      if (allRead) this.setLine(room, before ? before.id : message.id - 1);
      room.unread += 1;
      if (room.peer || this.mentionsMe(message)) room.mentions += 1;
      this.emit('rooms');
    }
    this.emit('arrived', room, message, seen);
  }

  changeMessage(room, frame) {
    const message = room.messages.get(frame.target);
    if (!message) return;
    if (frame.type === 'edit') {
      message.content = frame.content;
      message.mentions = frame.mentions;
      message.edited_at = frame.timestamp || new Date().toISOString();
    } else if (frame.type === 'delete') {
      room.messages.delete(frame.target);
    } else if (frame.type === 'reaction') {
      const people = new Set(message.reactions[frame.emoji] || []);
      if (frame.action === 'remove') people.delete(frame.user);
      else people.add(frame.user);
      if (people.size) message.reactions[frame.emoji] = [...people];
      else delete message.reactions[frame.emoji];
    }
    message.version += 1;
  }

  /// Older messages, read while scrolling up.
  prepend(room, page) {
    const older = page.messages.filter((message) => !room.messages.has(message.id)).map((message) => [message.id, normal(message)]);
    room.messages = new Map([...older, ...room.messages]);
    room.hasMore = Boolean(page.has_more);
    this.emit('timeline', room);
  }

  mentionsMe(message) {
    if (!this.user) return false;
    if (Array.isArray(message.mentions)) return message.mentions.some((one) => this.isMe(one?.name ?? one));
    const escaped = this.user.name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
    return new RegExp(`(?<![\\p{L}\\p{N}_])@${escaped}(?![\\p{L}\\p{N}_])`, 'iu').test(message.content || '');
  }

  /// Everything in the room has been seen. Returns the id to tell the server, or 0 when it knows.
  markRead(room) {
    if (!room) return 0;
    const changed = room.unread || room.mentions;
    room.unread = 0;
    room.mentions = 0;
    if (changed) this.emit('rooms');
    if (room.lastId <= room.readSent) return 0;
    room.readSent = room.lastId;
    return room.lastId;
  }

  /// Another connection of this user has read up to `id`.
  readElsewhere(frame) {
    const room = this.find(frame.room);
    if (!room) return;
    room.readSent = Math.max(room.readSent, frame.id);
    const rest = [...room.messages.values()].filter((message) => message.id > frame.id && !this.isMe(message.user));
    room.unread = Math.min(room.unread, rest.length);
    room.mentions = room.peer ? room.unread : Math.min(room.mentions, rest.filter((message) => this.mentionsMe(message)).length);
    this.emit('rooms');
  }

  presence(frame) {
    const room = this.find(frame.room);
    if (!room) return;
    const data = frame.data || frame;
    const user = data.user && typeof data.user === 'object' ? data.user.name : data.user;
    if (typeof data.member_count === 'number') room.memberCount = data.member_count;
    if (user && frame.event) {
      const key = user.toLowerCase();
      if (frame.event === 'user_left') room.members.delete(key);
      else if (!room.members.has(key)) room.members.set(key, { name: user, role: data.role || '' });
      if (typeof data.member_count !== 'number') room.memberCount = room.members.size;
      if (!this.isMe(user)) {
        room.notes.push({ after: room.lastMessage?.id || 0, event: frame.event, user, at: Date.now() });
        if (room.notes.length > 300) room.notes.splice(0, 100);
      }
      room.typing.delete(user);
    }
    this.emit('members', room);
    this.emit('timeline', room);
    this.emit('rooms');
  }

  typing(frame) {
    const room = this.find(frame.room);
    if (!room || this.isMe(frame.user)) return;
    room.typing.set(frame.user, Date.now() + TYPING_LASTS);
    setTimeout(() => this.emit('typing', room), TYPING_LASTS + 50);
    this.emit('typing', room);
  }

  typists(room) {
    for (const [user, until] of room.typing) if (until <= Date.now()) room.typing.delete(user);
    return [...room.typing.keys()];
  }

  /// How a room may call for attention: 'all', 'mentions' or 'none'.
  level(room) {
    return local.get('levels', {})[room.name] || (room.peer ? 'all' : 'mentions');
  }

  setLevel(room, level) {
    local.set('levels', { ...local.get('levels', {}), [room.name]: level });
    this.emit('rooms');
  }
}

function normal(message) {
  return { ...message, content: String(message.content ?? ''), reactions: { ...message.reactions }, version: 0 };
}
