// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Calling for attention without shouting: the title, a badge on the tab's icon, and, where wished and possible, a
// notification or a sound.

import { $, local } from './util.js';
import { t } from './i18n.js';
import { plainPreview } from './markdown.js';

const QUIET_FOR = 5000;
const ICON_SIZE = 64;

/// What the tab shows: mentions and direct messages of rooms that are not muted.
export function attention(store) {
  let count = 0;
  let other = false;
  for (const room of store.rooms.values()) {
    const level = store.level(room);
    if (level === 'none') continue;
    count += level === 'all' ? room.unread : room.mentions;
    other = other || room.unread > 0;
  }
  return { count, other };
}

export class Notifier {
  constructor(store, open) {
    this.store = store;
    this.open = open;
    this.last = new Map();
  }

  get possible() {
    return 'Notification' in globalThis && isSecureContext;
  }

  get granted() {
    return this.possible && Notification.permission === 'granted' && local.get('notify', true);
  }

  get sound() {
    return local.get('sound', false);
  }

  async ask() {
    if (!this.possible) return false;
    local.set('notify', true);
    return (await Notification.requestPermission()) === 'granted';
  }

  refresh() {
    const room = this.store.find(this.store.current);
    const { count, other } = attention(this.store);
    const parts = [count ? `(${count})` : other ? '•' : '', room ? `${room.peer ? '' : '#'}${room.title}` : '', this.store.server.name || 'Tertulia'];
    document.title = [parts.slice(0, 2).filter(Boolean).join(' '), parts[2]].filter(Boolean).join(' — ');
    const shown = `${Math.min(count, 100)}${other}`;
    if (shown !== this.shown) {
      this.shown = shown;
      this.paint(count, other);
    }
  }

  paint(count, other) {
    const link = $('link[rel=icon]');
    if (!count && !other) {
      link.href = '/web/icon.svg';
      return;
    }
    const canvas = document.createElement('canvas');
    canvas.width = canvas.height = ICON_SIZE;
    const pen = canvas.getContext('2d');
    if (!pen) return;
    const base = new Image();
    base.onload = () => {
      pen.drawImage(base, 0, 0, ICON_SIZE, ICON_SIZE);
      pen.fillStyle = count ? '#b42318' : '#2563eb';
      pen.beginPath();
      pen.arc(45, 19, count ? 19 : 12, 0, 2 * Math.PI);
      pen.fill();
      pen.fillStyle = '#fff';
      pen.font = 'bold 28px system-ui, sans-serif';
      pen.textAlign = 'center';
      if (count) pen.fillText(count > 9 ? '9+' : String(count), 45, 29);
      if (this.shown === `${Math.min(count, 100)}${other}`) link.href = canvas.toDataURL('image/png');
    };
    base.src = '/web/icon.svg';
  }

  /// A message came that nobody is looking at.
  arrived(room, message) {
    const level = this.store.level(room);
    const called = level === 'all' || (level === 'mentions' && (room.peer || this.store.mentionsMe(message)));
    if (!called) return;
    const now = Date.now();
    const recent = now - (this.last.get(room.name) || 0) < QUIET_FOR;
    this.last.set(room.name, now);
    if (this.sound && !recent) this.beep();
    if (!this.granted || (document.visibilityState === 'visible' && document.hasFocus())) return;
    const title = room.peer ? message.user : `${message.user} · #${room.name}`;
    const body = recent && room.unread > 1 ? t('unread_count', { count: room.unread }) : plainPreview(message.content || message.file?.name || '');
    try {
      const note = new Notification(title, { body, tag: `tertulia-${room.name}`, icon: '/web/icon.svg', silent: true });
      note.onclick = () => {
        focus();
        this.open(room.name);
        note.close();
      };
    } catch {
      // Phones' browsers have the class and refuse the constructor: title and badge have said it already.
    }
  }

  beep() {
    const Context = globalThis.AudioContext;
    if (!Context) return;
    this.audio = this.audio || new Context();
    const tone = this.audio.createOscillator();
    const gain = this.audio.createGain();
    const now = this.audio.currentTime;
    tone.frequency.setValueAtTime(660, now);
    tone.frequency.setValueAtTime(880, now + 0.09);
    gain.gain.setValueAtTime(0.08, now);
    gain.gain.exponentialRampToValueAtTime(0.0001, now + 0.28);
    tone.connect(gain).connect(this.audio.destination);
    tone.start(now);
    tone.stop(now + 0.3);
  }
}
