// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The door: name, code where one is asked for, and a password for those with an account.

import { $, local } from './util.js';
import { t, errorText } from './i18n.js';

export class JoinPage {
  constructor(api, entered) {
    this.api = api;
    this.entered = entered;
    this.form = $('#join-form');
    this.trouble = $('#join-error');
    this.fields = this.form.elements;
    this.fields.name.value = local.get('name', '') || '';
    const code = /^\/j\/([^/]+)/.exec(location.pathname);
    if (code) {
      this.fields.join_code.value = decodeURIComponent(code[1]);
      $('#join-code-field').hidden = false;
    }
    $('#join-more').addEventListener('click', () => this.showPassword($('#join-password-field').hidden));
    $('#join-insecure').hidden = location.protocol === 'https:' || ['localhost', '127.0.0.1', '[::1]'].includes(location.hostname);
    this.form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.submit();
    });
  }

  show(reason) {
    $('#join').hidden = false;
    $('#chat').hidden = true;
    this.say(reason || '');
    (this.fields.name.value && !$('#join-code-field').hidden && !this.fields.join_code.value ? this.fields.join_code : this.fields.name).focus();
    this.serverName();
  }

  async serverName() {
    const health = await this.api.get('/healthz').catch(() => null);
    if (health?.name) $('#join-title').textContent = health.name;
  }

  showPassword(shown) {
    $('#join-password-field').hidden = !shown;
    $('#join-more').setAttribute('aria-expanded', String(shown));
    if (shown) this.fields.password.focus();
    else this.fields.password.value = '';
  }

  say(text) {
    this.trouble.textContent = text;
    this.trouble.hidden = !text;
  }

  async submit() {
    const name = this.fields.name.value.trim().normalize('NFKC');
    const button = $('#join-submit');
    if (!name) return;
    this.say('');
    button.disabled = true;
    const request = { name };
    if (this.fields.password.value) request.password = this.fields.password.value;
    const code = this.fields.join_code.value.trim();
    if (code) request.join_code = code;
    try {
      const user = await this.api.signIn(request);
      local.set('name', name);
      this.fields.password.value = '';
      // The code has done its work: a reload or a copied address need not show it.
      if (location.pathname !== '/') history.replaceState(null, '', `/${location.search}`);
      this.entered(user);
    } catch (error) {
      this.refused(error);
    }
    button.disabled = false;
  }

  refused(error) {
    const code = error.code;
    if (code === 'bad_join_code') {
      const asked = $('#join-code-field').hidden;
      $('#join-code-field').hidden = false;
      this.say(t(asked && !this.fields.join_code.value ? 'code_needed' : 'error.bad_join_code'));
      this.fields.join_code.select();
      this.fields.join_code.focus();
      return;
    }
    if (code === 'guests_forbidden' || code === 'bad_credentials') this.showPassword(true);
    this.say(error.status === 429 ? t('too_many_tries', { n: error.retryAfter || 60 }) : errorText(code, error.detail));
    if (code === 'name_taken' || code === 'invalid_name') this.fields.name.select();
  }
}
