// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later

// ?debug=1: the raw frames as they go by, and lines to copy that do the same from a terminal.

import { el, copyText } from './util.js';
import { icon } from './icons.js';
import { t } from './i18n.js';

const KEPT = 300;

export function debugPane(session) {
  const frames = el('ol', { class: 'frames', tabIndex: 0, 'aria-label': t('debug_frames') });
  const lines = el('div', { class: 'lines' });
  let paused = false;
  const pause = el('button', { type: 'button', text: t('pause'), 'aria-pressed': 'false' });
  pause.addEventListener('click', () => {
    paused = !paused;
    pause.setAttribute('aria-pressed', String(paused));
  });
  const clear = el('button', { type: 'button', text: t('clear'), on: { click: () => frames.replaceChildren() } });
  const showLines = () => {
    const room = session.store.current || 'general';
    const token = session.api.token || 'TOKEN';
    const ws = `${location.origin.replace(/^http/, 'ws')}/ws/chat?room=${encodeURIComponent(room)}&token=${token}`;
    const bearer = `-H 'Authorization: Bearer ${token}'`;
    const path = `${location.origin}/api/rooms/${encodeURIComponent(room)}/messages`;
    lines.replaceChildren(...[
      `wscat -c '${ws}'`,
      `curl -s ${bearer} '${path}?limit=5'`,
      `curl -s ${bearer} -H 'Content-Type: application/json' -d '{"content":"hola"}' '${path}'`,
      `curl -N ${bearer} '${location.origin}/events/rooms/${encodeURIComponent(room)}'`,
    ].map((line) => el('div', { class: 'line' }, el('code', { text: line }),
      el('button', { type: 'button', class: 'icon-button', 'aria-label': t('copy'), on: { click: () => copyText(line) } }, icon('copy')))));
  };
  session.on('traffic', (direction, frame) => {
    if (paused) return;
    const marks = { in: '←', out: '→', close: '×' };
    frames.append(el('li', { class: direction }, el('span', { class: 'muted', text: new Date().toISOString().slice(11, 23) }),
      el('b', { text: marks[direction] }), el('code', { text: JSON.stringify(frame, (key, value) => (key === 'token' ? '…' : value)) })));
    while (frames.children.length > KEPT) frames.firstChild.remove();
    frames.scrollTop = frames.scrollHeight;
  });
  session.store.on('selected', showLines);
  return el('section', { class: 'debug', 'aria-label': t('debug') }, el('div', { class: 'debug-bar' }, el('strong', { text: t('debug') }), pause, clear), lines, frames);
}
