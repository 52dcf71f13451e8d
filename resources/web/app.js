// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The chat page: makes the parts and ties them to each other.

import './theme.js';
import { $, avatar, batched, el, session as tabStorage } from './util.js';
import { icon, placeIcons } from './icons.js';
import { initLanguage, t, errorText, list as listed } from './i18n.js';
import { Api } from './api.js';
import { Session } from './session.js';
import { JoinPage } from './join.js';
import { Timeline } from './timeline.js';
import { Composer } from './composer.js';
import { Uploads } from './uploads.js';
import { Search } from './search.js';
import { Notifier } from './notify.js';
import { Actions } from './actions.js';
import { notice } from './dialogs.js';
import { quickSwitch, renderMembers, renderRooms, roomSections } from './rooms.js';
import { showConnection } from './banner.js';
import { debugPane } from './debug.js';

const context = { api: new Api() };

function makeParts() {
  const { api } = context;
  const session = new Session(api);
  context.session = session;
  context.notifier = new Notifier(session.store, (name) => context.actions.open(name));
  context.actions = new Actions(context);
  context.timeline = new Timeline({
    view: $('#timeline'), rows: $('#messages'), endButton: $('#to-end'), unreadButton: $('#to-unread'), loading: $('#loading'),
  }, context);
  context.composer = new Composer(context);
  context.uploads = new Uploads(context);
  context.search = new Search(context);
  context.signOut = async () => {
    session.connection.stop();
    await api.signOut();
    tabStorage.set('room', null);
    location.assign('/');
  };
  session.store.attentive = (room) => room.name === session.store.current && context.timeline.atEnd
    && document.visibilityState === 'visible' && document.hasFocus();
}

function tieStore() {
  const { session, timeline, composer, notifier, actions } = context;
  const { store } = session;
  const rooms = batched(() => {
    renderRooms(session, (name) => actions.open(name));
    header();
  });
  const members = batched(() => renderMembers(session, (name, anchor) => actions.person(name, anchor)));
  store.on('rooms', () => {
    rooms();
    notifier.refresh();
  });
  store.on('members', (room) => room?.name === store.current && members());
  store.on('timeline', (room) => room.name === store.current && timeline.update());
  store.on('loading', (room) => timeline.showLoading(room));
  store.on('typing', (room) => room.name === store.current && showTyping(room));
  store.on('arrived', (room, message, seen) => !seen && notifier.arrived(room, message));
  store.on('me', showMe);
  store.on('connection', (state) => {
    showConnection(state, context);
    rooms();
  });
  store.on('selected', (room) => {
    composer.enter(room);
    timeline.show(room);
    showTyping(room);
    context.search.panel.hidden = true;
    rooms();
    members();
    notifier.refresh();
    session.markRead();
  });
}

function tieSession() {
  const { session, actions } = context;
  session.on('rejoined', (room, result) => {
    if (room.name === session.store.current) session.markRead();
    if (result.kind === 'recovered' && result.missed) notice(t('recovered', { count: result.missed, room: room.title }));
    if (result.kind === 'gap') notice(t('gap', { room: room.title }));
    if (result.kind === 'reset') notice(t('history_reset', { room: room.title }), true);
  });
  session.on('trouble', (code, message) => actions.trouble(code, message));
  session.on('password', (room, again) => actions.password(room, again));
  session.on('announcement', (data) => notice([data.title, data.body].filter(Boolean).join(': '), data.level === 'alert'));
  session.on('putout', (event, room, data) => {
    const why = data.reason ? ` ${data.reason}` : '';
    notice((event === 'room_deleted' ? t('room_was_deleted', { room }) : t('put_out', { room: room || '' })) + why, true);
  });
  session.on('door', (waiting) => {
    $('#door').hidden = !waiting;
    $('#chat').classList.toggle('waiting', waiting);
  });
}

function header() {
  const { store } = context.session;
  const room = store.find(store.current);
  if (!room) return;
  $('#room-title').replaceChildren(room.peer ? avatar(room.peer) : icon(room.private ? 'lock' : 'hash'), el('bdi', { text: room.title }));
  $('#room-topic').textContent = room.topic;
  $('#room-topic').title = room.topic;
  $('#members-count').textContent = room.memberCount ? String(room.memberCount) : '';
  $('#toggle-members').setAttribute('aria-label', t('members_count', { count: room.memberCount }));
  $('#room').dataset.joined = String(room.joined);
  const level = store.level(room);
  $('#room-level').setAttribute('aria-label', `${t(`level_short_${level}`)}: ${t('room_menu')}`);
  $('#room-level').replaceChildren(icon(level === 'none' ? 'bellOff' : 'bell'), el('span', { class: 'wide', text: t(`level_short_${level}`) }));
  $('#server-name').textContent = store.server.name || 'Tertulia';
  const elsewhere = [...store.rooms.values()].some((one) => one.name !== store.current && one.mentions && store.level(one) !== 'none');
  $('#open-drawer').classList.toggle('dotted', elsewhere);
}

function showMe() {
  const { store } = context.session;
  $('#me').replaceChildren(avatar(store.user.name), el('span', { class: 'me-text' }, el('bdi', { text: store.user.name }),
    el('span', { class: 'muted', text: t(`role_${store.user.role}`) })), icon('settings'));
}

function showTyping(room) {
  const people = context.session.store.typists(room);
  const text = people.length > 3 ? t('typing_many') : people.length ? t('typing', { names: listed(people), count: people.length }) : '';
  if ($('#typing').textContent !== text) $('#typing').textContent = text;
}

/// Alt with the arrows goes to the next room that has something new, or else to the neighbour.
function neighbour(step) {
  const { session } = context;
  const { own, direct } = roomSections(session);
  const all = [...own, ...direct];
  const at = all.findIndex((room) => room.name === session.store.current);
  const order = all.map((room, index) => all[(at + step * (index + 1) + all.length * 2) % all.length]);
  const next = order.find((room) => room.unread && room.name !== session.store.current) || order[0];
  if (next) context.actions.open(next.name);
}

function keys(event) {
  const control = (event.ctrlKey || event.metaKey) && !event.altKey;
  const key = event.key.toLowerCase();
  if ($('#chat').hidden || (document.querySelector('dialog[open]') && !(control && key === 'k'))) return;
  if (control && key === 'k') openSwitch();
  else if (control && key === 'f' && !event.shiftKey) context.search.open();
  else if (event.altKey && (key === 'arrowup' || key === 'arrowdown')) neighbour(key === 'arrowup' ? -1 : 1);
  else if (event.key === 'Escape' && document.body.classList.contains('drawer-open')) toggleDrawer(false);
  else if (event.key === 'Escape' && document.body.classList.contains('members-open')) toggleMembers(false);
  else if (event.key === 'Escape') {
    const room = context.session.store.find(context.session.store.current);
    context.session.store.setLine(room, null);
    context.timeline.update();
    context.timeline.toEnd(false);
    context.actions.compose();
  } else if (event.key === 'F6') cyclePanes(event.shiftKey ? -1 : 1);
  else return;
  event.preventDefault();
}

function cyclePanes(step) {
  const panes = ['#room-lists .room', '#timeline', '#composer-text', '#members-list button'];
  const inside = ['#sidebar', '#timeline', '#composer', '#members'].findIndex((pane) => $(pane).contains(document.activeElement));
  $(panes[(inside + step + panes.length) % panes.length])?.focus();
}

function openSwitch() {
  if ($('dialog.switcher')) return;
  context.session.roomList().catch(() => null);
  quickSwitch(context.session, (name) => context.actions.open(name), (name) => context.actions.message(name));
}

function toggleDrawer(open = !document.body.classList.contains('drawer-open')) {
  document.body.classList.toggle('drawer-open', open);
  $('#open-drawer').setAttribute('aria-expanded', String(open));
  if (open) ($('#room-lists [aria-current]') || $('#room-lists .room'))?.focus();
  else $('#open-drawer').focus();
}

function toggleMembers(open) {
  const narrow = matchMedia('(max-width: 1023px)').matches;
  const name = narrow ? 'members-open' : 'members-closed';
  const wanted = open === undefined ? undefined : narrow ? open : !open;
  document.body.classList.toggle(name, wanted);
  const shown = narrow === document.body.classList.contains(name);
  $('#toggle-members').setAttribute('aria-expanded', String(shown));
}

function closeTools(except) {
  for (const open of document.querySelectorAll('.message.open')) if (open !== except) open.classList.remove('open');
}

function tiePage() {
  const { session, actions, timeline } = context;
  $('#open-drawer').addEventListener('click', () => toggleDrawer());
  $('#close-drawer').addEventListener('click', () => toggleDrawer(false));
  $('#shade').addEventListener('click', () => {
    document.body.classList.remove('drawer-open', 'members-open');
  });
  $('#toggle-members').addEventListener('click', () => toggleMembers());
  $('#close-members').addEventListener('click', () => toggleMembers(false));
  $('#toggle-members').setAttribute('aria-expanded', String(!matchMedia('(max-width: 1023px)').matches));
  $('#open-switch').addEventListener('click', openSwitch);
  $('#open-search').addEventListener('click', () => context.search.toggle());
  $('#room-level').addEventListener('click', (event) => actions.roomMenu(event.currentTarget));
  $('#add-room').addEventListener('click', () => actions.join());
  $('#me').addEventListener('click', (event) => actions.account(event.currentTarget));
  document.addEventListener('keydown', keys);
  for (const type of ['focus', 'visibilitychange', 'pageshow']) {
    (type === 'visibilitychange' ? document : window).addEventListener(type, () => timeline.atEnd && session.markRead());
  }
  $('#timeline').addEventListener('keydown', (event) => {
    if (event.target !== $('#timeline') || !['ArrowUp', 'Enter'].includes(event.key)) return;
    event.preventDefault();
    [...document.querySelectorAll('#messages .message')].at(-1)?.focus();
  });
  $('#composer').addEventListener('focusin', () => closeTools());
  // Touch has no hover: a tap on a message shows what can be done with it.
  $('#messages').addEventListener('click', (event) => {
    const row = event.target.closest('.message');
    if (!row || event.target.closest('button, a')) return;
    closeTools(row);
    if (matchMedia('(hover: none)').matches && !String(getSelection())) row.classList.toggle('open');
  });
}

function enter() {
  $('#join').hidden = true;
  $('#chat').hidden = false;
  $('#composer-text').focus();
  context.session.start();
}

async function start() {
  await initLanguage();
  placeIcons();
  makeParts();
  const join = new JoinPage(context.api, enter);
  context.join = join;
  tieStore();
  tieSession();
  tiePage();
  if (new URLSearchParams(location.search).get('debug') === '1') {
    document.body.classList.add('debugging');
    document.body.append(debugPane(context.session));
  }
  try {
    await context.api.whoAmI();
    enter();
  } catch (error) {
    if (error.status === 0 && context.api.token) enter(); // Not reached: the connection keeps trying, with words.
    else {
      context.api.setToken(null);
      join.show(error.status === 0 ? errorText('unreachable') : '');
    }
  }
  document.body.classList.add('ready');
}

start();
