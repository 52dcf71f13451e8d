// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Sending files: dropped, pasted or picked; each with its bar, speed and cancel.

import { el, $ } from './util.js';
import { icon } from './icons.js';
import { t, size, errorText } from './i18n.js';

export class Uploads {
  constructor(context) {
    this.context = context;
    this.shelf = $('#uploads');
    this.input = $('#file-input');
    this.zone = $('#drop-zone');
    $('#attach').addEventListener('click', () => this.input.click());
    this.input.addEventListener('change', () => {
      this.sendAll(this.input.files);
      this.input.value = '';
    });
    this.watchDrops($('#chat'));
    $('#composer-text').addEventListener('paste', (event) => {
      if (!event.clipboardData?.files.length) return;
      event.preventDefault();
      this.sendAll(event.clipboardData.files);
    });
  }

  get limit() {
    return this.context.session.store.limits.upload_bytes || 0;
  }

  watchDrops(area) {
    let depth = 0;
    const carriesFiles = (event) => [...(event.dataTransfer?.types || [])].includes('Files');
    area.addEventListener('dragenter', (event) => {
      if (!carriesFiles(event)) return;
      depth += 1;
      const room = this.context.session.store.find(this.context.session.store.current);
      $('#drop-text').textContent = this.limit ? t('drop_limit', { room: room.title, size: size(this.limit) }) : t('drop', { room: room.title });
      this.zone.hidden = false;
    });
    area.addEventListener('dragover', (event) => carriesFiles(event) && event.preventDefault());
    area.addEventListener('dragleave', (event) => {
      if (!carriesFiles(event)) return;
      depth = Math.max(0, depth - 1);
      this.zone.hidden = depth === 0;
    });
    area.addEventListener('drop', (event) => {
      if (!carriesFiles(event)) return;
      event.preventDefault();
      depth = 0;
      this.zone.hidden = true;
      this.sendAll(event.dataTransfer.files);
    });
  }

  sendAll(files) {
    const room = this.context.session.store.current;
    for (const file of [...files]) this.send(file, room);
  }

  send(file, room) {
    const name = file.name || 'file';
    const bar = el('progress', { max: 100, value: 0, 'aria-label': t('uploading', { name }) });
    const status = el('span', { class: 'muted' });
    const cancel = el('button', { type: 'button', class: 'icon-button', 'aria-label': t('cancel_upload', { name }), title: t('cancel') }, icon('close'));
    const retry = el('button', { type: 'button', class: 'link', text: t('retry'), hidden: true });
    const card = el('div', { class: 'upload', role: 'group', 'aria-label': name }, icon('file'),
      el('div', { class: 'upload-body' }, el('div', {}, el('bdi', { class: 'file-name', text: name }), status), bar), retry, cancel);
    this.shelf.append(card);
    let request = null;
    cancel.addEventListener('click', () => {
      request?.abort();
      card.remove();
    });
    const failed = (text, again) => {
      card.classList.add('failed');
      status.textContent = text;
      status.setAttribute('role', 'alert');
      bar.hidden = true;
      retry.hidden = !again;
    };
    const start = () => {
      card.classList.remove('failed');
      bar.hidden = false;
      retry.hidden = true;
      request = this.post(file, name, room, { bar, status, card, failed });
    };
    retry.addEventListener('click', start);
    if (this.limit && file.size > this.limit) failed(t('file_too_large', { size: size(file.size), limit: size(this.limit) }), false);
    else start();
  }

  post(file, name, room, { bar, status, card, failed }) {
    const { api } = this.context.session;
    const request = new XMLHttpRequest();
    const began = performance.now();
    request.open('POST', api.room(room, `/files?name=${encodeURIComponent(name)}`));
    for (const [key, value] of Object.entries(api.headers({ 'Content-Type': file.type || 'application/octet-stream' }))) {
      request.setRequestHeader(key, value);
    }
    request.upload.addEventListener('progress', (event) => {
      if (!event.lengthComputable) return;
      const seconds = Math.max(0.05, (performance.now() - began) / 1000);
      bar.value = (event.loaded / event.total) * 100;
      status.textContent = t('upload_progress', { done: size(event.loaded), total: size(event.total), speed: size(event.loaded / seconds) });
    });
    request.addEventListener('load', () => {
      if (request.status < 300) return card.remove();
      let problem = {};
      try {
        problem = JSON.parse(request.responseText);
      } catch {
        // Not every refusal on the way is the server's own.
      }
      return failed(errorText(problem.code || `http_${request.status}`, problem.detail), request.status >= 429);
    });
    request.addEventListener('error', () => failed(t('error.unreachable'), true));
    request.send(file);
    return request;
  }
}
