// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Says how the connection stands: a banner with a countdown while it is away, a quiet word when it goes by HTTP, and
// the reason when it will not come back by itself.

import { $, el } from './util.js';
import { icon } from './icons.js';
import { t, duration } from './i18n.js';

const PATIENCE = 700; // A drop shorter than this is not worth a word.
const KNOWN_CODES = new Set([1000, 1002, 1003, 1007, 1008, 1009, 4003, 4029]);

let patience = null;
let counting = null;

function dot(name, text) {
  const node = $('#connection');
  node.className = `connection ${name}`;
  node.lastElementChild.textContent = text;
}

function show(...content) {
  const banner = $('#banner');
  banner.replaceChildren(icon('alert'), ...content);
  banner.hidden = false;
}

function hide() {
  clearTimeout(patience);
  clearInterval(counting);
  patience = null;
  $('#banner').hidden = true;
}

function waitingBanner(state, context) {
  const text = el('span');
  // The countdown is not for screen readers to repeat each second; they are told once, in the status line.
  const seconds = el('span', { 'aria-hidden': 'true' });
  const now = el('button', { type: 'button', class: 'link', text: t('try_now'), on: { click: () => context.session.connection.retryNow() } });
  text.textContent = t(state.offline ? 'banner_offline' : 'banner_lost');
  const count = () => {
    const rest = Math.ceil((state.retryAt - Date.now()) / 1000);
    seconds.textContent = rest > 0 ? t('banner_retry', { time: duration(rest), n: state.attempt }) : t('connecting');
  };
  count();
  clearInterval(counting);
  counting = setInterval(count, 500);
  show(text, seconds, now);
}

function refusedBanner(state, context) {
  hide();
  const known = KNOWN_CODES.has(state.code);
  const why = t(known ? `closed_${state.code}` : 'closed_other', { code: String(state.code) });
  const again = state.code === 4003 ? null : el('button', { type: 'button', class: 'link', text: t('connect_again'), on: { click: () => context.session.start() } });
  show(el('span', { text: state.reason && !/^[a-z_]*$/.test(state.reason) ? `${why} (${state.reason})` : why }), again);
  dot('off', t('disconnected'));
}

export function showConnection(state, context) {
  if (state.name === 'online') {
    hide();
    const over = { websocket: 'online', sse: 'online_sse', poll: 'online_poll' }[state.transport] || 'online';
    dot(state.transport === 'websocket' ? 'on' : 'half', t(over));
  } else if (state.name === 'waiting' || state.name === 'connecting') {
    dot('off', t('connecting'));
    if (state.name === 'connecting') return;
    if (!$('#banner').hidden) waitingBanner(state, context);
    else {
      clearTimeout(patience);
      patience = setTimeout(() => context.session.store.connection.name !== 'online' && waitingBanner(state, context), PATIENCE);
    }
  } else if (state.name === 'refused') {
    refusedBanner(state, context);
  } else if (state.name === 'signin') {
    hide();
    context.api.setToken(null);
    const key = `signin_${state.reason}`;
    const words = t(key);
    context.join.show(words === key ? t('signin_again') : words);
  }
}
