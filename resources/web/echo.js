// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The echo page: send a frame, see it come back, and how long it took.

import { $, el } from './util.js';
import { number, t } from './i18n.js';
import { startPage, webSocketAddress } from './page.js';

const KEPT = 500;

let socket = null;
let waiting = []; // Times of what was sent and has not come back: echoes come in order.
let trips = [];
const counts = { sent: 0, received: 0 };

const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(' ');

function state(text, open) {
  $('#state').textContent = text;
  $('#send').disabled = !open;
  $('#connect').textContent = t(socket ? 'disconnect' : 'connect');
}

function row(direction, text, trip) {
  $('#empty').hidden = true;
  $('#frames').append(el('tr', { class: direction },
    el('td', { class: 'time', text: new Date().toISOString().slice(11, 23) }), el('td', { class: 'mark', text: { out: '→', in: '←', note: '·' }[direction] }),
    el('td', { class: 'frame' }, el('code', { text })), el('td', { class: 'num', text: trip === undefined ? '' : ms(trip) })));
  while ($('#frames').children.length > KEPT) $('#frames').firstChild.remove();
  const scroll = $('#frames').closest('.scroll');
  scroll.scrollTop = scroll.scrollHeight;
  const average = trips.length ? ` · ${t('round_trip')} ${ms(trips.reduce((sum, one) => sum + one, 0) / trips.length)}` : '';
  $('#summary').textContent = `${t('sent')} ${number(counts.sent)} · ${t('received')} ${number(counts.received)}${average}`;
}

const ms = (value) => number(value, { style: 'unit', unit: 'millisecond', maximumFractionDigits: 2 });

function isAnswer(text) {
  try {
    return JSON.parse(text).type !== 'welcome';
  } catch {
    return true;
  }
}

function connect() {
  if (socket) {
    socket.close(1000);
    return;
  }
  waiting = [];
  trips = [];
  const mine = new WebSocket(webSocketAddress($('#address').value.trim() || '/ws'));
  socket = mine;
  mine.binaryType = 'arraybuffer';
  state(t('connecting'), false);
  mine.onopen = () => state(t('open'), true);
  mine.onmessage = ({ data }) => {
    counts.received += 1;
    const text = typeof data === 'string' ? data : hex(new Uint8Array(data));
    let trip;
    if (waiting.length && isAnswer(text)) {
      trip = performance.now() - waiting.shift();
      trips = [...trips.slice(-199), trip];
    }
    row('in', text, trip);
  };
  mine.onclose = ({ code, reason }) => {
    socket = null;
    state(t('closed_with', { code: String(code), reason }), false);
    row('note', t('closed_with', { code: String(code), reason }));
  };
}

function frameToSend() {
  const text = $('#data').value;
  switch ($('#kind').value) {
    case 'json': return JSON.stringify({ type: 'message', content: text });
    case 'ping': return JSON.stringify({ type: 'ping' });
    case 'binary': {
      const digits = text.replace(/\s+/g, '');
      if (!/^([0-9a-f]{2})+$/i.test(digits)) return null;
      return Uint8Array.from(digits.match(/../g), (pair) => parseInt(pair, 16));
    }
    default: return text;
  }
}

async function start() {
  await startPage('echo_title');
  $('#address').value = '/ws';
  state(t('not_open'), false);
  $('#link').addEventListener('submit', (event) => {
    event.preventDefault();
    connect();
  });
  $('#sender').addEventListener('submit', (event) => {
    event.preventDefault();
    const frame = frameToSend();
    if (frame === null) return state(t('bad_hex'), true);
    state(t('open'), true);
    socket.send(frame);
    waiting.push(performance.now());
    counts.sent += 1;
    return row('out', typeof frame === 'string' ? frame : hex(frame));
  });
  $('#kind').addEventListener('change', () => {
    if ($('#kind').value === 'binary') $('#data').value = '00 ff 68 6f 6c 61';
    $('#data').disabled = $('#kind').value === 'ping';
  });
  $('#clear').addEventListener('click', () => {
    $('#frames').replaceChildren();
    $('#empty').hidden = false;
  });
  document.body.classList.add('ready');
}

start();
