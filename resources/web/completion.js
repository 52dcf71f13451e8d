// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Completion while typing: @names and :emoji:, in a list over the text field.

import { el, avatar } from './util.js';
import { t, sorted } from './i18n.js';
import { findEmoji } from './emoji.js';

const MOST = 8;

export class Completion {
  /// `names()` gives who can be mentioned; `box` is the listbox element.
  constructor(field, box, names) {
    this.field = field;
    this.box = box;
    this.names = names;
    this.options = [];
    field.addEventListener('input', () => this.update());
    field.addEventListener('blur', () => setTimeout(() => this.close(), 150));
  }

  get open() {
    return this.options.length > 0;
  }

  update() {
    const before = this.field.value.slice(0, this.field.selectionStart);
    const person = /(?:^|[\s(])@([\p{L}\p{N}_. -]{0,32})$/u.exec(before);
    const emoji = /(?:^|\s):([\w+-]{2,20})$/.exec(before);
    if (person) this.show(this.people(person[1]), person[1].length + 1);
    else if (emoji) this.show(this.emoji(emoji[1].toLowerCase()), emoji[1].length + 1);
    else this.close();
  }

  people(typed) {
    const word = typed.toLowerCase();
    const fits = this.names().filter((name) => name.toLowerCase().startsWith(word));
    return sorted(fits, (name) => name).slice(0, MOST).map((name) => ({ insert: `@${name} `, label: name, picture: avatar(name) }));
  }

  emoji(typed) {
    return findEmoji(typed, MOST).map(({ name, emoji }) => ({
      insert: `${emoji} `, label: `:${name}:`, picture: el('span', { class: 'emoji', 'aria-hidden': 'true', text: emoji }),
    }));
  }

  show(options, length) {
    this.options = options;
    this.length = length;
    this.chosen = 0;
    this.box.hidden = options.length === 0;
    this.box.setAttribute('aria-label', t('suggestions'));
    this.box.replaceChildren(...options.map((option, index) => el('li', {
      role: 'option', id: `completion-${index}`,
      on: {
        mousedown: (event) => {
          event.preventDefault();
          this.take(index);
        },
      },
    }, option.picture, el('bdi', { text: option.label }))));
    this.field.setAttribute('aria-expanded', String(this.open));
    this.mark();
  }

  mark() {
    [...this.box.children].forEach((node, index) => node.setAttribute('aria-selected', String(index === this.chosen)));
    if (this.open) this.field.setAttribute('aria-activedescendant', `completion-${this.chosen}`);
    else this.field.removeAttribute('aria-activedescendant');
  }

  close() {
    if (this.open) this.show([], 0);
  }

  take(index) {
    const end = this.field.selectionStart;
    this.field.setRangeText(this.options[index].insert, end - this.length, end, 'end');
    this.close();
    this.field.dispatchEvent(new Event('input'));
  }

  written() {
    const end = this.field.selectionStart;
    return this.field.value.slice(end - this.length, end).toLowerCase() === this.options[this.chosen].insert.trim().toLowerCase();
  }

  /// Returns whether the key was for the list.
  key(event) {
    if (!this.open) return false;
    if (event.key === 'ArrowDown') this.chosen = (this.chosen + 1) % this.options.length;
    else if (event.key === 'ArrowUp') this.chosen = (this.chosen + this.options.length - 1) % this.options.length;
    else if (event.key === 'Enter' && this.written()) {
      this.close();
      return false; // The whole name stands there already: Enter sends.
    } else if (event.key === 'Tab' || (event.key === 'Enter' && !event.shiftKey)) this.take(this.chosen);
    else if (event.key === 'Escape') this.close();
    else return false;
    event.preventDefault();
    this.mark();
    return true;
  }
}
