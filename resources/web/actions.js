// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What buttons, menus and keys do: questions asked, commands sent, refusals put in words.

import { $, local, uuid } from './util.js';
import { t, errorText, LANGUAGES } from './i18n.js';
import { confirmDialog, emojiPicker, formDialog, menu, notice } from './dialogs.js';
import { THEMES, currentTheme, setTheme } from './theme.js';

export class Actions {
  constructor(context) {
    this.context = context;
    this.session = context.session;
    this.store = context.session.store;
  }

  say(text, bad = false) {
    notice(text, bad);
  }

  trouble(code, message) {
    notice(errorText(code, message), true);
  }

  /// Runs a command and says why, if it was refused.
  async try(work) {
    try {
      await work;
    } catch (error) {
      this.trouble(error.code || 'unknown', error.message);
    }
  }

  compose() {
    this.context.composer.focus();
  }

  reachedEnd() {
    this.session.markRead();
  }

  reply(message) {
    this.context.composer.reply(message);
  }

  edit(message) {
    this.context.composer.edit(message);
  }

  async remove(room, message) {
    if (await confirmDialog(t('delete_title'), t('delete_question'), t('delete'))) await this.try(this.session.remove(room.name, message.id));
  }

  react(room, message, emoji, add) {
    this.try(this.session.react(room.name, message.id, emoji, add));
  }

  pickReaction(room, message, anchor) {
    emojiPicker(anchor, (emoji) => this.react(room, message, emoji, true));
  }

  open(name) {
    this.session.select(name);
    document.body.classList.remove('drawer-open');
    if (!matchMedia('(pointer: coarse)').matches) this.compose();
  }

  /// A person's name was pressed.
  person(name, anchor) {
    if (this.store.isMe(name)) return this.account(anchor);
    return menu(anchor, name, [
      { label: t('direct_message'), icon: 'reply', run: () => this.message(name) },
      { label: t('mention_person', { name }), icon: 'plus', run: () => this.context.composer.insert(`@${name} `) },
    ]);
  }

  message(name) {
    const known = this.session.directRoom(name);
    if (known) return this.open(known.name);
    const ref = uuid(); // One for all tries of this form: pressing again after a timeout sends nothing twice.
    return formDialog(t('direct_to', { name }), [{ name: 'text', label: t('message'), type: 'textarea', required: true }], t('send'),
      ({ text }) => this.session.direct(name, text, ref));
  }

  join() {
    const guest = this.store.user?.role === 'guest';
    const fields = [
      { name: 'name', label: t('room_name'), required: true, max: 64, hint: t('room_name_hint') },
      !guest && { name: 'topic', label: t('topic') },
      !guest && { name: 'private', label: t('private_room'), type: 'checkbox' },
      { name: 'password', label: t('room_password'), type: 'password', hint: t('optional') },
    ].filter(Boolean);
    formDialog(t('join_room'), fields, t('join'), async (values) => {
      const name = values.name.trim().replace(/^#/, '');
      const known = this.store.find(name);
      if (known || guest || (!values.topic && !values.private && !values.password)) {
        this.session.remember(name, true);
        if (values.password) await this.session.join(name, values.password);
        return this.open(name);
      }
      const wish = { name };
      for (const key of ['topic', 'private', 'password']) if (values[key]) wish[key] = values[key];
      await this.session.create(wish);
      return this.compose();
    });
  }

  password(room, again) {
    formDialog(t('password_needed', { room: room.name }), [{ name: 'password', label: t('room_password'), type: 'password', required: true }], t('join'),
      async ({ password }) => {
        await this.session.join(room.name, password);
        if (room.joined) this.open(room.name);
      });
    if (again) this.trouble('bad_room_password');
  }

  roomMenu(anchor) {
    const room = this.store.find(this.store.current);
    const level = this.store.level(room);
    const levels = ['all', 'mentions', 'none'].map((one) => ({
      label: t(`level_${one}`), icon: one === 'none' ? 'bellOff' : 'bell', checked: one === level, run: () => this.store.setLevel(room, one),
    }));
    const owner = this.store.user?.role === 'admin' || (room.owner && this.store.isMe(room.owner?.name ?? room.owner));
    const { api } = this.session;
    menu(anchor, t('room_menu'), [...levels,
      { label: t('mark_read'), icon: 'down', run: () => this.context.timeline.toEnd(false) },
      owner && !room.peer && {
        label: t('change_topic'), icon: 'edit', run: () => formDialog(t('change_topic'), [{ name: 'topic', label: t('topic'), value: room.topic }], t('save'),
          ({ topic }) => api.call('PATCH', api.room(room.name), { topic })),
      },
      owner && room.private && !room.peer && {
        label: t('invite'), icon: 'people', run: () => formDialog(t('invite'), [{ name: 'who', label: t('nickname'), required: true }], t('invite'),
          ({ who }) => api.call('PUT', api.room(room.name, `/members/${encodeURIComponent(who.trim())}`), {})),
      },
      !room.peer && room.name !== 'general' && { label: t('leave_room'), icon: 'exit', run: () => this.try(this.session.leave(room.name)) },
      owner && !room.peer && room.name !== 'general' && { label: t('delete_room'), icon: 'trash', danger: true, run: () => this.deleteRoom(room) },
    ]);
  }

  async deleteRoom(room) {
    if (!await confirmDialog(t('delete_room'), t('delete_room_question', { room: room.name }), t('delete'))) return;
    await this.try(this.session.api.call('DELETE', this.session.api.room(room.name)));
  }

  account(anchor) {
    menu(anchor, t('account'), [
      { label: t('settings'), icon: 'settings', run: () => this.settings() },
      { label: t('sign_out'), icon: 'exit', run: () => this.context.signOut() },
    ]);
  }

  settings() {
    const { notifier } = this.context;
    const can = notifier.possible;
    formDialog(t('settings'), [
      { name: 'language', label: t('language'), type: 'select', value: local.get('language') || '', options: [['', t('system')], ...Object.entries(LANGUAGES)] },
      { name: 'theme', label: t('theme'), type: 'select', value: currentTheme(), options: THEMES.map((theme) => [theme, t(`theme_${theme}`)]) },
      { name: 'notify', label: t('notify_desktop'), type: 'checkbox', value: notifier.granted, hint: can ? '' : t('notify_impossible') },
      { name: 'sound', label: t('notify_sound'), type: 'checkbox', value: notifier.sound },
    ], t('save'), async (values) => {
      setTheme(values.theme);
      local.set('sound', values.sound);
      local.set('notify', values.notify);
      if (values.notify && can && !notifier.granted && !await notifier.ask()) this.say(t('notify_denied'));
      const language = values.language || null;
      if (language === local.get('language')) return;
      local.set('language', language);
      location.reload();
    });
    const box = $('dialog.window [name=notify]');
    if (box && !can) box.disabled = true;
  }
}
