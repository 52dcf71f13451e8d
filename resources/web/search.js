// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Search in the room: results with the words marked, from which one jumps to the place.

import { el, $ } from './util.js';
import { icon } from './icons.js';
import { t, shortDate, errorText } from './i18n.js';
import { plainPreview } from './markdown.js';

const WAIT = 300;

/// Text with every occurrence of the words in a <mark>.
export function highlighted(text, query) {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const lower = text.toLowerCase();
  const nodes = [];
  let at = 0;
  // Where lower case changes the length (as in "İ"), positions differ: then nothing is marked rather than the wrong part.
  while (words.length && lower.length === text.length) {
    let next = -1;
    let length = 0;
    for (const word of words) {
      const found = lower.indexOf(word, at);
      if (found >= 0 && (next < 0 || found < next)) {
        next = found;
        length = word.length;
      }
    }
    if (next < 0) break;
    nodes.push(text.slice(at, next), el('mark', { text: text.slice(next, next + length) }));
    at = next + length;
  }
  nodes.push(text.slice(at));
  return nodes;
}

export class Search {
  constructor(context) {
    this.context = context;
    this.panel = $('#search');
    this.input = $('#search-text');
    this.results = $('#search-results');
    this.status = $('#search-status');
    this.input.addEventListener('input', () => {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.run(), WAIT);
    });
    this.panel.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape') return;
      event.stopPropagation();
      this.close();
    });
    $('#search-close').addEventListener('click', () => this.close());
  }

  toggle() {
    if (this.panel.hidden) this.open();
    else this.close();
  }

  open() {
    this.panel.hidden = false;
    this.input.select();
    this.input.focus();
  }

  close() {
    this.panel.hidden = true;
    this.results.replaceChildren();
    this.status.textContent = '';
    this.context.actions.compose();
  }

  async run() {
    const query = this.input.value.trim();
    const { api, store } = this.context.session;
    const room = store.current;
    this.controller?.abort();
    if (!query) {
      this.results.replaceChildren();
      this.status.textContent = '';
      return;
    }
    this.controller = new AbortController();
    try {
      const page = await api.get(api.room(room, `/messages?limit=50&q=${encodeURIComponent(query)}`), { signal: this.controller.signal });
      this.status.textContent = t(page.has_more ? 'found_more' : 'found', { count: page.messages.length });
      this.results.replaceChildren(...[...page.messages].reverse().map((message) => this.row(message, query)));
    } catch (error) {
      if (error.code !== 'aborted') this.status.textContent = errorText(error.code, error.message);
    }
  }

  row(message, query) {
    return el('li', {}, el('button', {
      type: 'button', class: 'result', on: {
        click: () => {
          if (matchMedia('(max-width: 719px)').matches) this.panel.hidden = true;
          this.context.timeline.toMessage(message.id);
        },
      },
    }, el('span', { class: 'result-head' }, el('bdi', { text: message.user }), el('time', { datetime: message.timestamp, text: shortDate(new Date(message.timestamp)) })),
    el('span', { class: 'result-text' }, message.file ? icon('file') : null, ...highlighted(plainPreview(message.content || message.file?.name || '', 240), query))));
  }
}
