// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later

// One message as a row: author, text, file, reactions, and what can be done with it.

import { el, avatar, copyText } from './util.js';
import { icon } from './icons.js';
import { t, time, fullDate, errorText, list as listed } from './i18n.js';
import { render, plainPreview } from './markdown.js';
import { fileNode } from './files.js';
import { QUICK_REACTIONS } from './emoji.js';

function mentionable(room, message) {
  const names = [...room.members.values()].map((member) => member.name);
  for (const name of message.mentions || []) names.push(name?.name ?? name);
  return names;
}

export function iconButton(name, label, onClick, extra = {}) {
  return el('button', { type: 'button', class: 'icon-button', 'aria-label': label, title: label, on: { click: onClick }, ...extra }, icon(name));
}

function head(message, context) {
  const author = el('button', {
    type: 'button', class: 'author', on: { click: (event) => context.actions.person(message.user, event.currentTarget) },
  }, el('bdi', { text: message.user }));
  author.style.setProperty('--hue', avatar(message.user).style.getPropertyValue('--hue'));
  return el('div', { class: 'head' }, author, stamp(message));
}

function stamp(message) {
  const date = new Date(message.timestamp);
  return el('time', { datetime: message.timestamp, title: fullDate(date), text: time(date) });
}

function quote(message, room, context) {
  if (!message.reply_to) return null;
  const text = el('span', { class: 'quote-text', text: '…' });
  const who = el('bdi', { class: 'quote-user' });
  const fill = (target) => {
    who.textContent = target ? target.user : '';
    text.textContent = target ? plainPreview(target.content) || target.file?.name || '' : t('reply_gone');
  };
  const known = room.messages.get(message.reply_to);
  if (known) fill(known);
  else {
    context.session.api.get(context.session.api.room(room.name, `/messages?limit=1&before=${Number(message.reply_to) + 1}`))
      .then((page) => fill(page.messages.find((one) => one.id === message.reply_to)))
      .catch(() => fill(null));
  }
  return el('button', {
    type: 'button', class: 'quote', on: { click: () => context.timeline.toMessage(message.reply_to) },
  }, icon('reply'), who, text);
}

function reactions(message, room, context) {
  const entries = Object.entries(message.reactions).filter(([, people]) => people?.length);
  if (!entries.length) return null;
  return el('div', { class: 'reactions' }, entries.map(([emoji, people]) => {
    const mine = people.some((name) => context.session.store.isMe(name));
    const label = t('reacted', { names: listed(people), emoji });
    return el('button', {
      type: 'button', class: 'reaction', 'aria-pressed': String(mine), 'aria-label': label, title: label,
      on: { click: () => context.actions.react(room, message, emoji, !mine) },
    }, el('span', { text: emoji }), el('span', { class: 'count', text: String(people.length) }));
  }));
}

/// The toolbar is made when it is first wanted: most messages are never pointed at.
function tools(message, room, context) {
  const { actions, session } = context;
  const mine = session.store.isMe(message.user);
  const may = mine || session.store.user?.role === 'admin';
  const bar = el('div', { class: 'tools', role: 'toolbar', 'aria-label': t('message_actions') });
  for (const emoji of QUICK_REACTIONS.slice(0, 2)) {
    bar.append(el('button', {
      type: 'button', class: 'icon-button emoji', 'aria-label': t('react_with', { emoji }), text: emoji,
      on: { click: () => actions.react(room, message, emoji, true) },
    }));
  }
  bar.append(
    iconButton('smile', t('react'), (event) => actions.pickReaction(room, message, event.currentTarget)),
    iconButton('reply', t('reply'), () => actions.reply(message)),
    iconButton('copy', t('copy'), () => copyText(message.content).then((done) => actions.say(t(done ? 'copied' : 'copy_failed')))),
  );
  if (mine && !message.file) bar.append(iconButton('edit', t('edit'), () => actions.edit(message)));
  if (may) bar.append(iconButton('trash', t('delete'), () => actions.remove(room, message), { class: 'icon-button danger' }));
  return bar;
}

export function messageRow(message, grouped, room, context) {
  const { store } = context.session;
  const body = el('div', { class: 'body', dir: 'auto' });
  if (message.content && message.content !== message.file?.name) {
    body.append(render(message.content, { me: store.user?.name, names: mentionable(room, message) }));
  }
  if (message.edited_at) {
    const edited = el('span', { class: 'edited', text: t('edited'), title: fullDate(new Date(message.edited_at)) });
    (body.lastElementChild?.tagName === 'P' ? body.lastElementChild : body).append(' ', edited);
  }
  const classes = ['message', grouped && 'grouped', store.isMe(message.user) && 'own', store.mentionsMe(message) && 'to-me'];
  const row = el('li', { class: classes.filter(Boolean).join(' '), tabIndex: -1, data: { id: String(message.id) } },
    grouped ? el('span', { class: 'side' }, stamp(message)) : avatar(message.user),
    el('div', { class: 'content' },
      !grouped && head(message, context), grouped && el('span', { class: 'offscreen', text: `${message.user}: ` }),
      quote(message, room, context), body,
      message.file && fileNode(message.file, context), reactions(message, room, context)));
  const wantTools = () => {
    if (!row.querySelector('.tools')) row.append(tools(message, room, context));
  };
  row.addEventListener('pointerenter', wantTools);
  row.addEventListener('focusin', wantTools);
  row.addEventListener('keydown', (event) => keys(event, row, message, room, context));
  return row;
}

/// Arrow keys walk the messages; one letter does the common things to the one in focus.
function keys(event, row, message, room, context) {
  if (event.target !== row || event.ctrlKey || event.metaKey || event.altKey) return;
  const { actions, session } = context;
  const mine = session.store.isMe(message.user);
  const todo = {
    ArrowUp: () => step(row, 'previousElementSibling'),
    ArrowDown: () => step(row, 'nextElementSibling') || actions.compose(),
    r: () => actions.reply(message),
    e: () => mine && actions.edit(message),
    c: () => copyText(message.content).then((done) => actions.say(t(done ? 'copied' : 'copy_failed'))),
    Delete: () => (mine || session.store.user?.role === 'admin') && actions.remove(room, message),
    Enter: () => row.querySelector('.tools button')?.focus(),
  }[event.key];
  if (!todo) return;
  event.preventDefault();
  event.stopPropagation();
  todo();
}

function step(row, direction) {
  let next = row[direction];
  while (next && !next.classList.contains('message')) next = next[direction];
  next?.focus();
  return Boolean(next);
}

/// A message of one's own that is not in the log yet.
export function pendingRow(item, grouped, room, context) {
  const { outbox, store } = context.session;
  const failed = item.state === 'failed';
  const state = el('div', { class: `sending ${item.state}` });
  if (failed) {
    state.append(icon('alert'), el('span', { text: t('not_sent', { why: errorText(item.error, item.detail) }) }),
      el('button', { type: 'button', class: 'link', text: t('retry'), on: { click: () => outbox.retry(item.ref) } }),
      el('button', { type: 'button', class: 'link danger', text: t('discard'), on: { click: () => outbox.discard(item.ref) } }));
  } else if (item.state === 'sending') {
    state.append(icon('clock'), el('span', { class: 'offscreen', text: t('sending') }));
  }
  const message = { user: store.user.name, timestamp: item.at };
  return el('li', { class: `message own pending${grouped ? ' grouped' : ''}${failed ? ' failed' : ''}`, tabIndex: -1, data: { state: item.state } },
    grouped ? el('span', { class: 'side' }) : avatar(message.user),
    el('div', { class: 'content' }, !grouped && head(message, context),
      el('div', { class: 'body', dir: 'auto' }, render(item.content, { me: store.user.name, names: mentionable(room, {}) })), state));
}
