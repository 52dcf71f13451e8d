// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Messages on their way. Each has a `ref` that the server takes once, so sending again after a lost connection or a
// reload never doubles; they leave one by one, so that they keep their order.

import { session, uuid } from './util.js';

const ANSWER_WITHIN = 20000;
const SHORTEST_RETRY = 250;

export class Outbox {
  /// `send(frame)` returns whether it left; `changed(roomName)` is told of every change of state.
  constructor(send, changed) {
    this.sendFrame = send;
    this.changed = changed;
    this.items = [];
    this.key = null;
    this.flying = null;
    this.ready = () => false; // May this room's messages leave now?
  }

  load(userName) {
    const key = `outbox.${userName}`;
    if (key === this.key) return;
    this.key = key;
    this.items = session.get(key, []).map((item) => ({ ...item, state: item.state === 'failed' ? 'failed' : 'sending' }));
  }

  save() {
    session.set(this.key, this.items.length ? this.items.filter((item) => item.state !== 'stored') : null);
  }

  of(roomName) {
    return this.items.filter((item) => item.room === roomName);
  }

  add(room, content, replyTo) {
    const item = { ref: uuid(), room, content, reply_to: replyTo || undefined, at: new Date().toISOString(), state: 'sending' };
    this.items.push(item);
    this.save();
    this.changed(room);
    this.pump();
    return item;
  }

  pump() {
    if (this.flying) return;
    const item = this.items.find((one) => one.state === 'sending' && this.ready(one.room));
    if (!item || (item.notBefore && item.notBefore > Date.now())) return;
    const frame = { type: 'chat', room: item.room, content: item.content, ref: item.ref };
    if (item.reply_to) frame.reply_to = item.reply_to;
    if (!this.sendFrame(frame)) return;
    this.flying = item;
    this.timer = setTimeout(() => this.lost(), ANSWER_WITHIN);
  }

  /// The connection went: what was in the air is asked again, under the same `ref`, when it is back.
  lost() {
    clearTimeout(this.timer);
    this.flying = null;
  }

  land(ref) {
    if (this.flying?.ref !== ref) return;
    this.lost();
  }

  acked(frame) {
    const item = this.items.find((one) => one.ref === frame.ref);
    this.land(frame.ref);
    if (item) {
      item.state = 'stored';
      item.id = frame.id;
      this.save();
      this.changed(item.room);
    }
    this.pump();
    return item;
  }

  refused(frame) {
    const item = this.items.find((one) => one.ref === frame.ref);
    if (!item) return false;
    this.land(frame.ref);
    if (frame.temporary) {
      const wait = Math.max(SHORTEST_RETRY, frame.retry_ms || 1500);
      item.notBefore = Date.now() + wait;
      setTimeout(() => this.pump(), wait + 20);
    } else {
      item.state = 'failed';
      item.error = frame.code;
      item.detail = frame.message;
      this.save();
      this.pump();
    }
    this.changed(item.room);
    return true;
  }

  /// One's own entry arrived, before or after its ack: the entry takes the place of the pending message.
  arrived(entry) {
    const item = this.items.find((one) => one.room === entry.room && (one.id === entry.id
      || (!one.id && one.shadow === undefined && one.state === 'sending' && one.content === entry.content)));
    if (!item) return;
    if (item.id === entry.id) this.items.splice(this.items.indexOf(item), 1);
    else item.shadow = entry.id;
    this.save();
  }

  /// What the timeline shows of this room: not what is in the log already.
  visible(room) {
    this.items = this.items.filter((item) => !(item.state === 'stored' && item.id <= room.lastId && item.room === room.name));
    return this.items.filter((item) => item.room === room.name && !room.messages.has(item.id ?? item.shadow));
  }

  retry(ref) {
    const item = this.items.find((one) => one.ref === ref);
    if (!item) return;
    item.state = 'sending';
    item.notBefore = 0;
    this.save();
    this.changed(item.room);
    this.pump();
  }

  discard(ref) {
    const item = this.items.find((one) => one.ref === ref);
    if (!item) return;
    this.items.splice(this.items.indexOf(item), 1);
    this.land(ref);
    this.save();
    this.changed(item.room);
    this.pump();
  }
}
