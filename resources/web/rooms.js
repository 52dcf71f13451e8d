// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The list of rooms with what is new in each, the members beside the chat, and the quick switch.

import { el, $, avatar, sameName } from './util.js';
import { icon } from './icons.js';
import { t, sorted } from './i18n.js';

function badge(room, store) {
  const level = store.level(room);
  if (level === 'none' || (!room.unread && !room.mentions)) return null;
  if (room.mentions) {
    return el('span', { class: 'badge red', 'aria-label': t(room.peer ? 'unread_count' : 'mention_count', { count: room.mentions }), text: String(room.mentions) });
  }
  return el('span', { class: 'badge', 'aria-label': t('unread_count', { count: room.unread }), text: room.unread > 99 ? '99+' : String(room.unread) });
}

function roomIcon(room, store) {
  if (store.level(room) === 'none') return icon('bellOff');
  if (room.peer) return avatar(room.peer);
  return icon(room.private ? 'lock' : 'hash');
}

function roomItem(room, session, open) {
  const { store } = session;
  const current = store.current === room.name;
  return el('li', {}, el('button', {
    type: 'button', class: `room${room.unread ? ' unread' : ''}${room.complete || room.peer ? '' : ' outside'}`,
    'aria-current': current ? 'true' : undefined, data: { room: room.name }, on: { click: () => open(room.name) },
  }, roomIcon(room, store), el('bdi', { class: 'room-name', text: room.title }), badge(room, store)));
}

/// In three parts: rooms one is in, direct messages, rooms that could be joined.
export function roomSections(session) {
  const own = [];
  const direct = [];
  const other = [];
  const wanted = new Set(session.wantedRooms().map((name) => name.toLowerCase()));
  for (const room of session.store.rooms.values()) {
    if (room.peer) direct.push(room);
    else if (room.complete || room.name === session.store.current || wanted.has(room.name.toLowerCase())) own.push(room);
    else other.push(room);
  }
  for (const list of [own, direct, other]) sorted(list, (room) => room.title);
  return { own, direct, other };
}

export function renderRooms(session, open) {
  const sections = roomSections(session);
  const keep = document.activeElement?.closest?.('#room-lists .room')?.dataset.room;
  for (const [id, rooms] of [['rooms-own', sections.own], ['rooms-direct', sections.direct], ['rooms-other', sections.other]]) {
    $(`#${id}`).replaceChildren(...rooms.map((room) => roomItem(room, session, open)));
    $(`#${id}-part`).hidden = rooms.length === 0;
  }
  if (keep) [...document.querySelectorAll('#room-lists .room')].find((node) => node.dataset.room === keep)?.focus();
}

export function renderMembers(session, person) {
  const room = session.store.find(session.store.current);
  if (!room) return;
  const everyone = sorted([...room.members.values()], (member) => member.name);
  $('#members-title').textContent = t('members_count', { count: room.memberCount || everyone.length });
  $('#members-list').replaceChildren(...everyone.map((member) => {
    const here = member.connections === undefined || member.connections > 0;
    const role = member.role === 'admin' ? t('role_admin') : member.role === 'guest' ? t('role_guest') : '';
    return el('li', {}, el('button', {
      type: 'button', class: 'person', on: { click: (event) => person(member.name, event.currentTarget) },
    }, el('span', { class: 'portrait' }, avatar(member.name), el('span', { class: `presence${here ? ' here' : ''}` }, el('span', { class: 'offscreen', text: t(here ? 'online' : 'offline') }))),
    el('bdi', { class: 'person-name', text: member.name }),
    session.store.isMe(member.name) && el('span', { class: 'muted', text: t('you') }),
    role && el('span', { class: 'role', text: role })));
  }));
  const hidden = room.memberCount - everyone.length;
  $('#members-more').textContent = hidden > 0 ? t('members_more', { count: hidden }) : '';
}

/// The list behind Ctrl+K: rooms and people, filtered while typing, chosen with the arrows.
export function quickSwitch(session, open, message) {
  const input = el('input', {
    type: 'text', role: 'combobox', 'aria-expanded': 'true', 'aria-controls': 'switch-list', 'aria-autocomplete': 'list',
    'aria-label': t('quick_switch'), placeholder: t('quick_switch'), autocomplete: 'off', spellcheck: 'false',
  });
  const list = el('ul', { id: 'switch-list', role: 'listbox', 'aria-label': t('quick_switch') });
  const dialog = el('dialog', { class: 'switcher', 'aria-label': t('quick_switch') }, input, list);
  let options = [];
  let chosen = 0;
  const choose = (option) => {
    dialog.close();
    option?.go();
  };
  const mark = () => {
    [...list.children].forEach((node, index) => node.setAttribute('aria-selected', String(index === chosen)));
    input.setAttribute('aria-activedescendant', options.length ? `switch-${chosen}` : '');
    list.children[chosen]?.scrollIntoView({ block: 'nearest' });
  };
  const fill = () => {
    const words = input.value.trim().replace(/^[#@]/, '');
    options = matches(session, words, open, message).slice(0, 12);
    chosen = 0;
    list.replaceChildren(...options.map((option, index) => el('li', {
      id: `switch-${index}`, role: 'option', on: { click: () => choose(option) },
    }, option.icon, el('bdi', { text: option.label }), el('span', { class: 'muted', text: option.hint || '' }))));
    mark();
  };
  input.addEventListener('input', fill);
  input.addEventListener('keydown', (event) => {
    const move = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (move && options.length) chosen = (chosen + move + options.length) % options.length;
    else if (event.key === 'Enter') choose(options[chosen]);
    else return;
    event.preventDefault();
    mark();
  });
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  fill();
}

function matches(session, words, open, message) {
  const { own, direct, other } = roomSections(session);
  const has = (text) => text.toLowerCase().includes(words.toLowerCase());
  const weight = (room) => (room.mentions ? 2 : 0) + (room.unread ? 1 : 0);
  const rooms = [...own, ...direct].sort((a, b) => weight(b) - weight(a)).concat(other).filter((room) => has(room.title));
  const found = rooms.map((room) => ({
    label: room.title, icon: roomIcon(room, session.store), hint: room.unread ? t('unread_count', { count: room.unread }) : '', go: () => open(room.name),
  }));
  const people = new Map();
  for (const room of session.store.rooms.values()) for (const member of room.members.values()) people.set(member.name, member);
  for (const { name } of people.values()) {
    if (session.store.isMe(name) || !has(name) || session.directRoom(name)) continue;
    found.push({ label: name, icon: avatar(name), hint: t('direct_message'), go: () => message(name) });
  }
  if (words && /^[\p{L}\p{N}_.-]{1,64}$/u.test(words) && !rooms.some((room) => sameName(room.name, words))) {
    found.push({ label: t('join_named', { room: words }), icon: icon('plus'), go: () => open(words) });
  }
  return found;
}
