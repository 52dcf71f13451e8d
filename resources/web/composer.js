// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Where one writes: Enter sends, drafts are kept per room, arrow up edits the last message.

import { el, $, session as tabStorage, utf8Length } from './util.js';
import { t, errorText } from './i18n.js';
import { Completion } from './completion.js';
import { expandEmoji } from './emoji.js';
import { emojiPicker } from './dialogs.js';
import { plainPreview } from './markdown.js';

const DEFAULT_LIMIT = 16384;
const WARN_AT = 0.75;

export class Composer {
  constructor(context) {
    this.context = context;
    this.session = context.session;
    this.field = $('#composer-text');
    this.banner = $('#composer-banner');
    this.counter = $('#composer-counter');
    this.sendButton = $('#send');
    this.completion = new Completion(this.field, $('#completions'), () => this.names());
    this.replyTo = null;
    this.editing = null;
    $('#composer').addEventListener('submit', (event) => {
      event.preventDefault();
      this.submit();
    });
    this.field.addEventListener('keydown', (event) => this.key(event));
    this.field.addEventListener('input', () => this.typed());
    $('#emoji').addEventListener('click', (event) => emojiPicker(event.currentTarget, (emoji) => this.insert(emoji)));
    addEventListener('pagehide', () => this.keepDraft());
  }

  get room() {
    return this.session.store.find(this.session.store.current);
  }

  names() {
    const names = [...this.room.members.values()].map((member) => member.name);
    for (const message of this.room.messages.values()) if (!names.includes(message.user)) names.push(message.user);
    return names.filter((name) => !this.session.store.isMe(name));
  }

  /// The room changed: its own draft comes up.
  enter(room) {
    if (this.shownRoom && this.shownRoom !== room.name) this.keepDraft();
    this.shownRoom = room.name;
    this.stopEditing(false);
    this.reply(null);
    this.field.value = tabStorage.get(`draft.${room.name}`, '');
    this.field.setAttribute('aria-label', room.peer ? t('write_to', { name: room.peer }) : t('write_in', { room: room.name }));
    this.field.placeholder = room.peer ? t('write_to', { name: room.peer }) : t('write_in', { room: room.name });
    this.resize();
  }

  keepDraft() {
    if (this.shownRoom && !this.editing) tabStorage.set(`draft.${this.shownRoom}`, this.field.value.trim() ? this.field.value : null);
  }

  focus() {
    this.field.focus();
  }

  insert(text) {
    this.field.setRangeText(text, this.field.selectionStart, this.field.selectionEnd, 'end');
    this.field.focus();
    this.typed();
  }

  typed() {
    this.resize();
    clearTimeout(this.draftTimer);
    this.draftTimer = setTimeout(() => this.keepDraft(), 500);
    if (this.field.value.trim() && !this.editing) this.session.typing();
  }

  resize() {
    this.field.style.height = 'auto';
    this.field.style.height = `${this.field.scrollHeight}px`;
    const limit = this.session.store.limits.message_bytes || DEFAULT_LIMIT;
    const used = this.field.value.length * 4 < limit * WARN_AT ? 0 : utf8Length(this.field.value);
    this.tooLong = used > limit;
    this.counter.hidden = used < limit * WARN_AT;
    this.counter.textContent = t('bytes_left', { n: limit - used });
    this.counter.classList.toggle('over', this.tooLong);
    this.sendButton.disabled = this.tooLong || !this.field.value.trim();
  }

  /// Inside an open code fence Enter makes a line: code is written in lines.
  inFence() {
    return (this.field.value.slice(0, this.field.selectionStart).match(/^```/gm) || []).length % 2 === 1;
  }

  key(event) {
    if (event.isComposing || this.completion.key(event)) return;
    if (event.key === 'Enter' && !event.shiftKey && !event.altKey && (event.ctrlKey || event.metaKey || !this.inFence())) {
      event.preventDefault();
      this.submit();
    } else if (event.key === 'ArrowUp' && this.field.value === '' && !event.shiftKey) {
      event.preventDefault();
      if (event.altKey) return;
      const own = [...this.room.messages.values()].filter((message) => this.session.store.isMe(message.user) && !message.file).at(-1);
      if (own) this.edit(own);
    } else if (event.key === 'Escape' && (this.editing || this.replyTo)) {
      event.preventDefault();
      event.stopPropagation();
      if (this.editing) this.stopEditing(true);
      this.reply(null);
    }
  }

  submit() {
    const text = expandEmoji(this.field.value).replace(/\s+$/, '');
    if (!text.trim() || this.tooLong) return;
    this.completion.close();
    if (this.editing) {
      this.saveEdit(text);
      return;
    }
    this.session.say(text, this.replyTo?.id);
    this.field.value = '';
    tabStorage.set(`draft.${this.shownRoom}`, null);
    this.reply(null);
    this.resize();
    this.context.timeline.toEnd(false);
    this.field.focus();
  }

  async saveEdit(text) {
    const message = this.editing;
    const room = this.room;
    this.stopEditing(true);
    if (text === message.content) return;
    try {
      await this.session.edit(room.name, message.id, text);
    } catch (error) {
      // What was written must not be lost with the refusal.
      if (this.room === room) this.edit(message, text);
      this.context.actions.say(errorText(error.code, error.message), true);
    }
  }

  reply(message) {
    this.replyTo = message;
    if (message) this.stopEditing(true);
    this.showBanner();
    if (message) this.focus();
  }

  edit(message, text = message.content) {
    if (!this.editing) this.keepDraft();
    this.editing = message;
    this.replyTo = null;
    this.field.value = text;
    this.showBanner();
    this.resize();
    this.focus();
    this.field.setSelectionRange(text.length, text.length);
  }

  stopEditing(restore) {
    if (!this.editing) return;
    this.editing = null;
    if (restore) this.field.value = tabStorage.get(`draft.${this.shownRoom}`, '');
    this.showBanner();
    this.resize();
  }

  showBanner() {
    const target = this.editing || this.replyTo;
    this.banner.hidden = !target;
    this.sendButton.lastElementChild.textContent = t(this.editing ? 'save' : 'send');
    if (!target) return;
    const label = this.editing ? t('editing') : t('replying', { name: target.user });
    this.banner.replaceChildren(el('strong', { text: label }), el('span', { class: 'quote-text', text: plainPreview(target.content || target.file?.name || '') }),
      el('button', {
        type: 'button', class: 'link', text: t('cancel'), on: {
          click: () => {
            if (this.editing) this.stopEditing(true);
            this.reply(null);
            this.focus();
          },
        },
      }));
  }
}
