// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The host's live view in a browser: numbers and charts once a second over Server-Sent Events, who is connected, rooms.

import { $, el } from './util.js';
import { duration, errorText, number, size, t } from './i18n.js';
import { Api } from './api.js';
import { Chart } from './chart.js';
import { startPage } from './page.js';

const CONNECTIONS_EVERY = 2000;
const RETRY = 2000;

// The chat in another tab keeps a token of its own.
const api = new Api('admin-token');
let source = null;
let paused = false;
let cards = [];
let rows = [];
let timer = null;

const get = (object, path) => path.split('.').reduce((value, key) => value?.[key], object);
const numeric = (stats, path) => Number(get(stats, path)) || 0;
const decimals = (value) => number(value, { maximumFractionDigits: value < 10 ? 1 : 0 });
const milliseconds = (value) => number(value, { style: 'unit', unit: 'millisecond', maximumFractionDigits: value < 10 ? 1 : 0 });

function makeCards() {
  const make = (title, format, series, big) => ({ title, format, series, big, chart: new Chart(t(title), series.length) });
  const all = (stats) => numeric(stats, 'connections.websocket') + numeric(stats, 'connections.sse') + numeric(stats, 'connections.longpoll');
  cards = [
    make('connections', decimals, [['WebSocket', 'connections.websocket'], ['SSE', 'connections.sse']], all),
    make('messages_rate', decimals, [[t('in_s'), 'messages_in_per_second'], [t('out_s'), 'deliveries_per_second']]),
    make('latency', milliseconds, [[t('fanout_p50'), 'fanout_p50_ms'], [t('fanout_p99'), 'fanout_p99_ms']]),
    make('traffic', (value) => `${size(value)}/s`, [[t('in_s'), 'bytes_in_per_second'], [t('out_s'), 'bytes_out_per_second']]),
    make('load', milliseconds, [[t('loop_lag'), 'event_loop_lag_ms'], [t('commit_p99'), 'store_commit_p99_ms']]),
  ];
  $('#cards').replaceChildren(...cards.map((card) => {
    card.value = el('strong', { class: 'big', text: '–' });
    card.legend = card.series.map(([label], index) => {
      const value = el('b', { text: '–' });
      return { node: el('li', {}, el('span', { class: `swatch series-${index + 1}` }), el('span', { text: label }), value), value };
    });
    return el('section', { class: 'card stat' }, el('h2', { text: t(card.title) }), card.value, card.chart.node, el('ul', { class: 'legend' }, card.legend.map((one) => one.node)));
  }));
}

function showStats(stats) {
  for (const card of cards) {
    const values = card.series.map(([, path]) => numeric(stats, path));
    card.chart.push(...values);
    card.value.textContent = card.format(card.big ? card.big(stats) : values.at(-1));
    values.forEach((value, index) => { card.legend[index].value.textContent = card.format(value); });
  }
  $('#live').textContent = [t('live'), t('uptime', { time: duration(numeric(stats, 'uptime_seconds')) }),
    t('users_online', { count: numeric(stats, 'users_online') })].join(' · ');
  const refused = Object.entries(stats.refused_total || {}).map(([reason, count]) => `${reason} ${number(count)}`).join(', ');
  const totals = [
    [t('received'), number(numeric(stats, 'messages_received_total'))], [t('delivered'), number(numeric(stats, 'deliveries_total'))],
    [t('queued'), size(numeric(stats, 'outbound_queue_bytes'))], [t('slow_consumers'), number(numeric(stats, 'slow_consumers_total'))],
    [t('refused'), refused || '0'], [t('memory'), size(numeric(stats, 'resident_memory_bytes'))],
    [t('cpu'), number(numeric(stats, 'cpu_percent') / 100, { style: 'percent', maximumFractionDigits: 1 })],
  ];
  $('#totals').replaceChildren(...totals.flatMap(([name, value]) => [el('dt', { text: name }), el('dd', { text: value })]));
  const rooms = [...(stats.room_activity || [])].sort((a, b) => (b.messages_per_minute || 0) - (a.messages_per_minute || 0));
  $('#no-rooms').hidden = rooms.length > 0;
  $('#rooms').replaceChildren(...rooms.map((room) => el('tr', {}, el('td', {}, el('bdi', { text: `#${room.name}` })),
    el('td', { class: 'num', text: number(room.members || 0) }), el('td', { class: 'num', text: number(room.messages_per_minute || 0) }))));
}

function connectionRow(one) {
  const name = one.user?.name ?? one.user ?? '';
  const rooms = (one.rooms || []).map((room) => `#${room.name ?? room}`).join(' ');
  const since = one.connected_at ? duration((Date.now() - new Date(one.connected_at)) / 1000) : '';
  const queue = numeric(one, 'queued_bytes');
  return el('tr', { class: queue > 65536 ? 'slow' : '' },
    el('td', {}, el('bdi', { text: name || '–' })), el('td', { text: one.transport || '' }), el('td', { text: one.address || '' }), el('td', {}, el('bdi', { text: rooms })),
    el('td', { text: since }), el('td', { class: 'num', text: one.rtt_ms >= 0 ? milliseconds(one.rtt_ms) : '–' }),
    el('td', { class: 'num', text: `${number(numeric(one, 'messages_in'))} / ${number(numeric(one, 'messages_out'))}` }), el('td', { class: 'num', text: size(queue) }),
    el('td', {}, el('button', {
      type: 'button', class: 'danger', text: t('kick'), 'aria-label': t('kick_title', { name: name || one.address }), on: { click: () => kick(one, name) },
    })));
}

function showConnections() {
  const wanted = $('#filter').value.trim().toLowerCase();
  const shown = rows.filter((one) => !wanted || JSON.stringify([one.user, one.address, one.rooms]).toLowerCase().includes(wanted));
  $('#nobody').hidden = rows.length > 0;
  // A list that is rebuilt under the pointer or the focus would press the wrong button.
  if ($('#connections').matches(':hover') || $('#connections').contains(document.activeElement)) return;
  $('#connections').replaceChildren(...shown.map(connectionRow));
}

function kick(one, name) {
  const dialog = el('dialog', { class: 'window', 'aria-label': t('kick_title', { name }) }, el('h2', { text: t('kick_title', { name }) }), el('p', { text: t('kick_question') }));
  const no = el('button', { type: 'button', text: t('cancel'), on: { click: () => dialog.close() } });
  const yes = el('button', {
    type: 'button', class: 'danger solid', text: t('kick'), on: {
      click: async () => {
        dialog.close();
        document.activeElement?.blur();
        await attempt(() => api.call('DELETE', `/api/connections/${encodeURIComponent(one.id)}`));
        await refreshConnections();
      },
    },
  });
  dialog.append(el('footer', {}, no, yes));
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  no.focus();
}

async function attempt(work) {
  try {
    $('#error').textContent = '';
    return await work();
  } catch (error) {
    if (error.status === 401 || error.status === 403) signedOut(errorText(error.code, error.detail));
    else $('#error').textContent = errorText(error.code, error.detail);
    return null;
  }
}

async function refreshConnections() {
  const answer = await attempt(() => api.get('/api/connections'));
  if (!answer) return;
  rows = answer.connections || [];
  showConnections();
}

async function follow() {
  source?.close();
  const query = await attempt(() => api.ticketQuery());
  if ($('#panel').hidden) return;
  if (query === null) {
    setTimeout(follow, RETRY);
    return;
  }
  source = new EventSource(`/events/metrics?${query}`);
  source.addEventListener('metrics', (event) => {
    $('#error').textContent = '';
    if (!paused) showStats(JSON.parse(event.data));
  });
  source.onerror = () => {
    source.close();
    $('#live').textContent = t('connecting');
    setTimeout(follow, RETRY); // A ticket is good once: a new stream needs a new one.
  };
}

function signedOut(reason) {
  source?.close();
  clearInterval(timer);
  api.setToken(null);
  $('#panel').hidden = true;
  $('#sign-in').hidden = false;
  $('#sign-in-error').hidden = !reason;
  $('#sign-in-error').textContent = reason || '';
}

async function enter() {
  const user = await api.whoAmI();
  if (user.role !== 'admin') throw Object.assign(new Error(t('not_admin')), { code: 'not_admin', detail: t('not_admin') });
  $('#sign-in').hidden = true;
  $('#panel').hidden = false;
  clearInterval(timer);
  timer = setInterval(() => !paused && document.visibilityState === 'visible' && refreshConnections(), CONNECTIONS_EVERY);
  const stats = await attempt(() => api.get('/api/stats'));
  if (stats) showStats(stats);
  follow();
  refreshConnections();
}

async function submit(event) {
  event.preventDefault();
  const { name, password, token } = event.target.elements;
  try {
    if (token.value.trim()) api.setToken(token.value.trim());
    else await api.signIn({ name: name.value.trim(), password: password.value });
    await enter();
    event.target.reset();
  } catch (error) {
    signedOut(errorText(error.code, error.detail));
  }
}

async function start() {
  await startPage('dash_title');
  makeCards();
  $('#sign-in-form').addEventListener('submit', submit);
  $('#filter').addEventListener('input', showConnections);
  $('#pause').addEventListener('click', () => {
    paused = !paused;
    $('#pause').setAttribute('aria-pressed', String(paused));
  });
  $('#sign-out').addEventListener('click', async () => {
    await api.signOut();
    signedOut('');
  });
  await enter().catch(() => signedOut(''));
  document.body.classList.add('ready');
}

start();
