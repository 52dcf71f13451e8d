// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The list of messages: grouped, separated by days, with the line of new ones; keeps the reader's place while it changes.

import { el, batched } from './util.js';
import { icon } from './icons.js';
import { t, day, list as listed } from './i18n.js';
import { messageRow, pendingRow } from './message.js';

const GROUP_WITHIN = 5 * 60 * 1000;
const NEAR_END = 40;
const NEAR_TOP = 300;

export class Timeline {
  /// `context`: {session, me, actions} for the rows; `view` is the scrolling element, `rows` the list inside.
  constructor(nodes, context) {
    Object.assign(this, nodes); // view, rows, endButton, unreadButton, loading
    this.context = context;
    this.nodes = new Map();
    this.atEnd = true;
    this.update = batched(() => this.render());
    this.view.addEventListener('scroll', () => this.scrolled(), { passive: true });
    this.endButton.addEventListener('click', () => this.toEnd(true));
    this.unreadButton.addEventListener('click', () => this.toLine());
    new ResizeObserver(() => this.atEnd && this.stickToEnd()).observe(this.view);
    new ResizeObserver(() => this.atEnd && this.stickToEnd()).observe(this.rows);
  }

  show(room) {
    this.room = room;
    this.nodes.clear();
    this.rows.replaceChildren();
    this.atEnd = true;
    this.quiet();
    this.placed = false;
    this.render();
  }

  /// Screen readers must not read a history that is being filled in: live only once it stands.
  quiet() {
    this.rows.setAttribute('aria-live', 'off');
    clearTimeout(this.liveTimer);
    this.liveTimer = setTimeout(() => this.rows.setAttribute('aria-live', 'polite'), 800);
  }

  render() {
    const room = this.room;
    if (!room) return;
    const wanted = this.layout(room);
    const anchor = this.atEnd ? null : this.anchor();
    const nodes = new Map();
    let place = this.rows.firstChild;
    for (const row of wanted) {
      const known = this.nodes.get(row.key);
      const node = known && known.version === row.version ? known.node : row.build();
      node.dataset.key = row.key;
      nodes.set(row.key, { node, version: row.version });
      if (known && known.node !== node) {
        if (place === known.node) place = place.nextSibling;
        const focused = known.node.contains(document.activeElement);
        known.node.replaceWith(node);
        if (focused) node.focus();
      }
      if (node === place) place = place.nextSibling;
      else this.rows.insertBefore(node, place);
    }
    for (const [key, { node }] of this.nodes) if (!nodes.has(key)) node.remove();
    this.nodes = nodes;
    if (anchor) this.restore(anchor);
    else this.stickToEnd();
    if (!this.placed && room.complete) this.place();
    this.buttons();
  }

  /// Rows that should stand, top to bottom: {key, version, build}.
  layout(room) {
    const rows = [];
    const state = { previous: null, day: '', lineShown: room.line === null, notes: room.notes.slice() };
    if (room.complete && !room.hasMore) rows.push({ key: 'start', version: room.name, build: () => this.startRow(room) });
    const first = room.messages.keys().next().value;
    if (first !== undefined) state.notes = state.notes.filter((note) => note.after >= first);
    for (const message of room.messages.values()) {
      this.notesBefore(rows, state, message.id);
      this.separators(rows, state, message, room);
      const grouped = this.isGrouped(state.previous, message, state);
      rows.push({
        key: `m${message.id}`, version: `${grouped}:${message.version}`,
        build: () => messageRow(message, grouped, room, this.context),
      });
      state.previous = message;
      state.broken = false;
    }
    this.notesBefore(rows, state, Infinity);
    for (const item of this.context.session.outbox.visible(room)) {
      const message = { user: this.context.session.store.user.name, timestamp: item.at };
      const grouped = this.isGrouped(state.previous, message, state);
      rows.push({ key: `p${item.ref}`, version: `${item.state}:${grouped}`, build: () => pendingRow(item, grouped, room, this.context) });
      state.previous = message;
      state.broken = false;
    }
    return rows;
  }

  separators(rows, state, message, room) {
    const date = new Date(message.timestamp);
    const label = date.toDateString();
    if (label !== state.day) {
      state.day = label;
      state.broken = true;
      rows.push({ key: `d${label}`, version: new Date().toDateString(), build: () => separator('day', day(date)) });
    }
    if (!state.lineShown && message.id > room.line && !this.context.session.store.isMe(message.user)) {
      state.lineShown = true;
      state.broken = true;
      rows.push({ key: 'line', version: room.line, build: () => separator('line', t('new_messages')) });
    }
  }

  /// Joins and leaves since the message before, folded into one line.
  notesBefore(rows, state, id) {
    const notes = [];
    while (state.notes.length && state.notes[0].after < id) notes.push(state.notes.shift());
    if (!notes.length) return;
    const text = foldNotes(notes);
    if (!text) return;
    state.broken = true;
    rows.push({ key: `n${notes[0].at}${notes[0].user}`, version: text, build: () => el('li', { class: 'note', text }) });
  }

  isGrouped(previous, message, state) {
    return Boolean(previous) && !state.broken && previous.user === message.user && !message.reply_to
      && new Date(message.timestamp) - new Date(previous.timestamp) < GROUP_WITHIN;
  }

  startRow(room) {
    return el('li', { class: 'start' },
      el('strong', { text: room.peer ? t('start_direct', { name: room.peer }) : t('start_room', { room: room.name }) }),
      el('span', { text: room.topic || t('start_hint') }));
  }

  // Where the reader is ---------------------------------------------------------------------------------------------

  anchor() {
    const top = this.view.getBoundingClientRect().top;
    for (const node of this.rows.children) {
      const box = node.getBoundingClientRect();
      if (box.bottom > top && /^[mp]/.test(node.dataset.key)) return { key: node.dataset.key, offset: box.top - top };
    }
    return null;
  }

  restore(anchor) {
    const node = this.nodes.get(anchor.key)?.node;
    if (!node) return;
    const moved = node.getBoundingClientRect().top - this.view.getBoundingClientRect().top - anchor.offset;
    if (moved) this.view.scrollTop += moved;
  }

  stickToEnd() {
    this.view.scrollTop = this.view.scrollHeight;
  }

  /// On entering a room: the line of new messages if it is above the first screen, else the end.
  place() {
    this.placed = true;
    const line = this.nodes.get('line')?.node;
    if (!line || this.view.scrollHeight - line.offsetTop < this.view.clientHeight) return;
    this.toLine(false);
  }

  scrolled() {
    const end = this.view.scrollHeight - this.view.scrollTop - this.view.clientHeight;
    const was = this.atEnd;
    this.atEnd = end < NEAR_END;
    if (this.atEnd && !was) this.context.actions.reachedEnd();
    if (this.view.scrollTop < NEAR_TOP && this.room?.complete && this.room.hasMore && !this.room.loading) this.older();
    this.buttons();
  }

  async older() {
    this.quiet();
    await this.context.session.older(this.room).catch(() => this.context.actions.trouble('unreachable'));
  }

  showLoading(room) {
    if (room !== this.room) return;
    this.loading.hidden = !room.loading;
  }

  toEnd(smooth) {
    this.atEnd = true;
    this.view.scrollTo({ top: this.view.scrollHeight, behavior: smooth && !reducedMotion() ? 'smooth' : 'auto' });
    this.context.actions.reachedEnd();
    this.buttons();
  }

  toLine(smooth = true) {
    const line = this.nodes.get('line')?.node;
    if (!line) return;
    this.atEnd = false;
    this.view.scrollTo({ top: line.offsetTop - 24, behavior: smooth && !reducedMotion() ? 'smooth' : 'auto' });
  }

  /// Scrolls to a message, reading history back to it where need be.
  async toMessage(id) {
    for (let pages = 0; !this.room.messages.has(id) && this.room.hasMore && pages < 200; pages += 1) {
      await this.context.session.older(this.room);
    }
    this.render();
    const node = this.nodes.get(`m${id}`)?.node;
    if (!node) return this.context.actions.trouble('no_such_entry');
    this.atEnd = false;
    node.scrollIntoView({ block: 'center' });
    node.classList.add('flash');
    setTimeout(() => node.classList.remove('flash'), 2000);
    node.focus({ preventScroll: true });
    return undefined;
  }

  buttons() {
    const room = this.room;
    if (!room) return;
    this.endButton.hidden = this.atEnd;
    this.endButton.replaceChildren(icon('down'), el('span', { text: room.unread ? t('new_count', { count: room.unread }) : t('to_end') }));
    const line = this.nodes.get('line')?.node;
    this.unreadButton.hidden = !line || line.offsetTop > this.view.scrollTop;
  }
}

const reducedMotion = () => matchMedia('(prefers-reduced-motion: reduce)').matches;

function separator(kind, text) {
  return el('li', { class: `separator ${kind}` }, el('span', { text }));
}

function foldNotes(notes) {
  const state = new Map();
  for (const note of notes) {
    const first = state.get(note.user)?.first || note.event;
    state.set(note.user, { first, last: note.event });
  }
  const joined = [];
  const left = [];
  for (const [user, { first, last }] of state) {
    if (first !== last) continue; // Came and went, or went and is back: no news.
    (last === 'user_joined' ? joined : left).push(user);
  }
  const some = (names) => (names.length > 4 ? t('and_more', { names: names.slice(0, 3).join(', '), n: names.length - 3 }) : listed(names));
  const parts = [];
  if (joined.length) parts.push(t('joined_room', { names: some(joined), count: joined.length }));
  if (left.length) parts.push(t('left_room', { names: some(left), count: left.length }));
  return parts.join(' · ');
}
