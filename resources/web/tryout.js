// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Trying the API from its documentation: one form per call, a live event stream and a WebSocket console.

import { el } from './util.js';
import { t } from './i18n.js';
import { webSocketAddress } from './page.js';

const KEPT = 200;
const STREAM_PATHS = ['/events/clock', '/events', '/events/rooms/general', '/events/metrics', '/events/logs'];
const SOCKET_PATHS = ['/ws', '/ws/7', '/ws/echo', '/ws/chat?room=general', '/ws/notifications', '/ws/game/demo'];
const FRAMES = {
  '/ws': { type: 'message', content: 'hola' }, '/ws/chat': { type: 'chat', room: 'general', content: 'hola', ref: 'r-1' },
};

const field = (label, input, required) => el('label', { class: 'field grow' }, el('span', { text: required ? `${label} *` : label }), input);

function address(call, inputs) {
  let path = call.path;
  const query = new URLSearchParams();
  for (const one of call.parameters) {
    const value = inputs.get(one)?.value ?? '';
    if (one.in === 'path') path = path.replace(`{${one.name}}`, encodeURIComponent(value));
    else if (one.in === 'query' && value !== '') query.set(one.name, value);
  }
  return String(query) ? `${path}?${query}` : path;
}

function oneLine(json) {
  try {
    return JSON.stringify(JSON.parse(json));
  } catch {
    return json;
  }
}

function asCurl(call, where, headers, body) {
  const quote = (text) => `'${String(text).replace(/'/g, "'\\''")}'`;
  const parts = ['curl', call.streams ? '-N' : '-s', call.verb === 'get' ? '' : `-X ${call.verb.toUpperCase()}`];
  for (const [name, value] of Object.entries(headers)) parts.push('-H', quote(`${name}: ${name === 'Authorization' ? 'Bearer $TOKEN' : value}`).replace(/'(.*\$TOKEN)'/, '"$1"'));
  if (body) parts.push('-d', quote(oneLine(body)));
  return [...parts, quote(location.origin + where)].filter(Boolean).join(' ');
}

async function readSome(response, output) {
  // A stream has no end: what comes in a few seconds is shown.
  const reader = response.body.getReader();
  const decoder = new TextDecoder();
  const timer = setTimeout(() => reader.cancel(), 4000);
  for (;;) {
    const { done, value } = await reader.read().catch(() => ({ done: true }));
    if (done) break;
    output.textContent += decoder.decode(value, { stream: true });
  }
  clearTimeout(timer);
}

/// A form for one call; `call`: {path, verb, parameters, bodyType, example, streams}.
export function tryOperation(call, api) {
  const inputs = new Map();
  const form = el('form', { class: 'try' });
  const row = el('div', { class: 'row' });
  for (const one of call.parameters.filter((parameter) => parameter.in === 'path' || parameter.in === 'query')) {
    const input = el('input', { spellcheck: 'false', autocomplete: 'off', required: Boolean(one.required) });
    input.value = one.required ? String(one.example ?? one.schema?.example ?? one.schema?.default ?? '') : '';
    inputs.set(one, input);
    row.append(field(one.name, input, one.required));
  }
  const raw = call.bodyType && !call.bodyType.includes('json');
  const body = call.bodyType && (raw ? el('input', { type: 'file' }) : el('textarea', { spellcheck: 'false' }));
  if (body && !raw) body.value = call.example === undefined ? '{}' : JSON.stringify(call.example, null, 2);
  const line = el('code', { class: 'text' });
  const status = el('p', { role: 'status' });
  const output = el('code');
  const result = el('pre', { class: 'block', tabIndex: 0, hidden: true }, output);
  form.append(...[el('h3', { text: t('try_it') }), row, body && field(raw ? t('file') : t('body'), body),
    el('div', {}, el('button', { type: 'submit', class: 'solid', text: t('execute') })), line, status, result].filter(Boolean));
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const where = address(call, inputs);
    const headers = api.headers(body ? { 'Content-Type': raw ? body.files[0]?.type || 'application/octet-stream' : 'application/json' } : {});
    const payload = body ? (raw ? body.files[0] : body.value) : undefined;
    line.textContent = asCurl(call, where, headers, raw ? '' : payload);
    const began = performance.now();
    output.textContent = '';
    result.hidden = false;
    try {
      const response = await fetch(where, { method: call.verb.toUpperCase(), headers, body: payload, credentials: 'same-origin', cache: 'no-store' });
      status.textContent = `${response.status} ${response.statusText} · ${Math.round(performance.now() - began)} ms · ${response.headers.get('Content-Type') || ''}`;
      if ((response.headers.get('Content-Type') || '').startsWith('text/event-stream')) await readSome(response, output);
      else {
        const text = await response.text();
        try {
          output.textContent = JSON.stringify(JSON.parse(text), null, 2);
        } catch {
          output.textContent = text.slice(0, 20000);
        }
      }
    } catch (error) {
      status.textContent = t('error.unreachable');
      output.textContent = String(error);
    }
  });
  return form;
}

function logTable(label) {
  const body = el('tbody');
  const node = el('div', { class: 'scroll', tabIndex: 0, role: 'log', 'aria-label': label }, el('table', {}, body));
  return {
    node,
    add(mark, text, kind) {
      body.append(el('tr', { class: kind }, el('td', { class: 'time', text: new Date().toISOString().slice(11, 23) }), el('td', { class: 'mark', text: mark }), el('td', { class: 'frame' }, el('code', { text }))));
      while (body.children.length > KEPT) body.firstChild.remove();
      node.scrollTop = node.scrollHeight;
    },
  };
}

function chooser(paths, label) {
  const id = `paths-${paths[0].replace(/\W/g, '')}`;
  const input = el('input', { list: id, spellcheck: 'false', autocomplete: 'off' });
  input.value = paths[0];
  return { input, node: field(label, input), list: el('datalist', { id }, paths.map((value) => el('option', { value }))) };
}

async function withTicket(path, api) {
  if (!api.token) return path; // Then the cookie speaks, if there is one.
  const query = await api.ticketQuery().catch(() => `token=${encodeURIComponent(api.token)}`);
  return path + (path.includes('?') ? '&' : '?') + query;
}

export function streamPane(api) {
  let source = null;
  const log = logTable(t('sse_pane'));
  const where = chooser(STREAM_PATHS, t('endpoint'));
  const button = el('button', { type: 'submit', class: 'solid', text: t('start') });
  const form = el('form', { class: 'row' }, where.node, where.list, button);
  const stop = () => {
    source?.close();
    source = null;
    button.textContent = t('start');
  };
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    if (source) return stop();
    const mine = new EventSource(await withTicket(where.input.value.trim(), api));
    source = mine;
    button.textContent = t('stop');
    const show = ({ type, data, lastEventId }) => log.add(lastEventId || '·', `${type}  ${data}`, 'in');
    for (const type of ['message', 'tick', 'chat', 'edit', 'delete', 'reaction', 'presence', 'reset', 'notification', 'system', 'metrics', 'log']) mine.addEventListener(type, show);
    mine.onerror = () => {
      log.add('×', t('disconnected'), 'note');
      // The ticket is spent: the browser's own attempts would be refused.
      if (api.token || mine.readyState === EventSource.CLOSED) stop();
    };
    return undefined;
  });
  return el('section', { class: 'card' }, el('h2', { text: t('sse_pane') }), form, log.node);
}

export function socketPane(api) {
  let socket = null;
  const log = logTable(t('ws_console'));
  const where = chooser(SOCKET_PATHS, t('endpoint'));
  const button = el('button', { type: 'submit', class: 'solid', text: t('connect') });
  const form = el('form', { class: 'row' }, where.node, where.list, button);
  const text = el('textarea', { spellcheck: 'false', rows: 3 });
  const send = el('button', { type: 'submit', disabled: true, text: t('send') });
  const sender = el('form', { class: 'row' }, field(t('data'), text), send);
  text.value = JSON.stringify(FRAMES['/ws']);
  where.input.addEventListener('change', () => {
    const frame = FRAMES[where.input.value.split('?')[0]];
    if (frame) text.value = JSON.stringify(frame);
  });
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    if (socket) return socket.close(1000);
    const mine = new WebSocket(webSocketAddress(await withTicket(where.input.value.trim(), api)));
    socket = mine;
    button.textContent = t('disconnect');
    mine.onopen = () => {
      send.disabled = false;
      log.add('·', t('open'), 'note');
    };
    mine.onmessage = ({ data }) => log.add('←', typeof data === 'string' ? data : `(${data.size} bytes)`, 'in');
    mine.onclose = ({ code, reason }) => {
      log.add('×', t('closed_with', { code: String(code), reason }), 'note');
      socket = null;
      send.disabled = true;
      button.textContent = t('connect');
    };
    return undefined;
  });
  sender.addEventListener('submit', (event) => {
    event.preventDefault();
    socket?.send(text.value);
    log.add('→', text.value, 'out');
  });
  return el('section', { class: 'card' }, el('h2', { text: t('ws_console') }), form, sender, log.node);
}
