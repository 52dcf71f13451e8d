// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The HTTP side of the contract: the token, problem details as errors, and the calls that the pages use.

import { session } from './util.js';

export class ApiError extends Error {
  constructor(status, code, detail, retryAfter) {
    super(detail || code);
    this.status = status;
    this.code = code;
    this.detail = detail;
    this.retryAfter = retryAfter;
  }
}

export class Api {
  constructor(key = 'token') {
    this.key = key;
    this.token = session.get(key);
  }

  setToken(token) {
    this.token = token || null;
    session.set(this.key, this.token);
  }

  /// Headers that present this page's own token; without one the cookie speaks.
  headers(extra = {}) {
    return this.token ? { ...extra, Authorization: `Bearer ${this.token}` } : extra;
  }

  /// Resolves to the parsed JSON (null for 204); rejects with ApiError, status 0 when the server was not reached.
  async call(method, path, body, { signal } = {}) {
    let response;
    try {
      response = await fetch(path, {
        method,
        signal,
        credentials: 'same-origin',
        cache: 'no-store',
        headers: this.headers(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        body: body === undefined ? undefined : JSON.stringify(body),
      });
    } catch (error) {
      throw new ApiError(0, error.name === 'AbortError' ? 'aborted' : 'unreachable', '');
    }
    const data = await response.json().catch(() => null);
    if (response.ok) return data;
    throw new ApiError(response.status, data?.code || `http_${response.status}`, data?.detail || data?.title || '',
      Number(response.headers.get('Retry-After')) || 0);
  }

  get(path, options) {
    return this.call('GET', path, undefined, options);
  }

  room(name, rest = '') {
    return `/api/rooms/${encodeURIComponent(name)}${rest}`;
  }

  async signIn(fields) {
    this.setToken(null);
    const answer = await this.call('POST', '/api/session', fields);
    this.setToken(answer.token);
    return answer.user;
  }

  async whoAmI() {
    const answer = await this.get('/api/session');
    return answer.user || answer;
  }

  async signOut() {
    await this.call('DELETE', '/api/session').catch(() => null);
    this.setToken(null);
  }

  /// A query part that stands for the token on an address that can carry no header. One use, within 30 s.
  async ticketQuery() {
    try {
      const answer = await this.call('POST', '/api/tickets', {});
      return `ticket=${encodeURIComponent(answer.ticket)}`;
    } catch (error) {
      if (error.status === 404 || error.status === 405) return this.token ? `token=${encodeURIComponent(this.token)}` : '';
      throw error;
    }
  }
}
