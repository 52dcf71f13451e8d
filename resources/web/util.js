// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Small helpers without state. Everything that reaches the page goes through el(): text becomes a text node, never markup.

export function el(tag, props, ...children) {
  const node = document.createElement(tag);
  for (const [key, value] of Object.entries(props || {})) {
    if (value === undefined || value === null || value === false) continue;
    if (key === 'class') node.className = value;
    else if (key === 'text') node.textContent = value;
    else if (key === 'on') for (const [type, handler] of Object.entries(value)) node.addEventListener(type, handler);
    else if (key === 'data') Object.assign(node.dataset, value);
    else if (key in node && typeof value !== 'string') node[key] = value;
    else node.setAttribute(key, value === true ? '' : value);
  }
  node.append(...children.flat().filter((child) => child !== undefined && child !== null && child !== false));
  return node;
}

export const $ = (selector, root = document) => root.querySelector(selector);

/// Unique enough for `ref`; randomUUID exists on secure origins only, and a LAN page is none.
export function uuid() {
  if (globalThis.crypto?.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

export async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // Without a secure origin there is no clipboard API: the old command still works from a user's gesture.
    const area = el('textarea', { class: 'offscreen', readonly: true });
    const focused = document.activeElement;
    area.value = text;
    (focused?.closest?.('dialog') || document.body).append(area);
    area.select();
    const done = document.execCommand('copy');
    area.remove();
    focused?.focus?.();
    return done;
  }
}

/// Storage that may be forbidden (private windows, policies) degrades to nothing remembered.
function storageOf(name) {
  return {
    get(key, fallback = null) {
      try {
        const text = globalThis[name].getItem(`tertulia.${key}`);
        return text === null ? fallback : JSON.parse(text);
      } catch {
        return fallback;
      }
    },
    set(key, value) {
      try {
        if (value === null || value === undefined) globalThis[name].removeItem(`tertulia.${key}`);
        else globalThis[name].setItem(`tertulia.${key}`, JSON.stringify(value));
      } catch {
        // Full or forbidden: the feature that wanted it works for this page's life only.
      }
    },
  };
}
export const local = storageOf('localStorage');
export const session = storageOf('sessionStorage');

export function emitter() {
  const handlers = new Map();
  return {
    on(type, handler) {
      if (!handlers.has(type)) handlers.set(type, new Set());
      handlers.get(type).add(handler);
    },
    emit(type, ...values) {
      handlers.get(type)?.forEach((handler) => handler(...values));
    },
  };
}

/// Runs `work` once a frame however often it is asked for; hidden pages get no frames, so they use a timer.
export function batched(work) {
  let waiting = false;
  const run = () => {
    waiting = false;
    work();
  };
  return () => {
    if (waiting) return;
    waiting = true;
    if (document.visibilityState === 'visible') requestAnimationFrame(run);
    else setTimeout(run, 100);
  };
}

/// A steady hue for a name, so that a person keeps a colour everywhere.
export function hueOf(name) {
  let hash = 7;
  for (const char of name) hash = (hash * 31 + char.codePointAt(0)) % 360;
  return hash;
}

export function avatar(name) {
  const node = el('span', { class: 'avatar', 'aria-hidden': 'true', text: Array.from(name || '?')[0].toUpperCase() });
  node.style.setProperty('--hue', hueOf(name || '?'));
  return node;
}

export const utf8Length = (text) => new TextEncoder().encode(text).length;
export const sameName = (a, b) => String(a || '').toLowerCase() === String(b || '').toLowerCase();

/// Saves text or a Blob under a file name.
export function saveAs(data, name) {
  const url = URL.createObjectURL(data instanceof Blob ? data : new Blob([data]));
  const link = el('a', { href: url, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 60000);
}
