// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Files in messages: a card, or a picture in the page. Their bytes are fetched with this page's own token, since the
// cookie may by now belong to another tab's sign-in.

import { el, saveAs } from './util.js';
import { icon } from './icons.js';
import { t, size } from './i18n.js';

const PICTURES = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp']);
const BIGGEST_PREVIEW = 8 * 1024 * 1024;
const KEPT = 60;

const loaded = new Map(); // Address to object URL, oldest first.

/// Only this server's own files are fetched, whatever an entry says.
function ownAddress(file) {
  try {
    const url = new URL(file.url, location.origin);
    return url.origin === location.origin && url.pathname.startsWith('/files/') ? url.pathname : null;
  } catch {
    return null;
  }
}

async function fetchFile(address, api) {
  const response = await fetch(address, { headers: api.headers(), credentials: 'same-origin' });
  if (!response.ok) throw new Error(String(response.status));
  return response.blob();
}

async function pictureUrl(address, type, api) {
  if (loaded.has(address)) return loaded.get(address);
  const blob = await fetchFile(address, api);
  const url = URL.createObjectURL(new Blob([blob], { type }));
  loaded.set(address, url);
  if (loaded.size > KEPT) {
    const [oldest, oldUrl] = loaded.entries().next().value;
    loaded.delete(oldest);
    URL.revokeObjectURL(oldUrl);
  }
  return url;
}

const whenSeen = new IntersectionObserver((entries) => {
  for (const entry of entries) {
    if (!entry.isIntersecting) continue;
    whenSeen.unobserve(entry.target);
    entry.target.dispatchEvent(new Event('seen'));
  }
}, { rootMargin: '400px' });

function picture(file, address, context) {
  const image = el('img', { alt: file.name, class: 'picture' });
  const button = el('button', { type: 'button', class: 'picture-button', 'aria-label': t('open_image', { name: file.name }) }, image);
  button.addEventListener('seen', async () => {
    try {
      image.src = await pictureUrl(address, file.type, context.session.api);
    } catch {
      button.replaceWith(card(file, address, context));
    }
  });
  button.addEventListener('click', () => showPicture(file, address, context));
  whenSeen.observe(button);
  return el('figure', { class: 'file-picture' }, button, el('figcaption', { text: `${file.name} · ${size(file.size || 0)}` }));
}

async function showPicture(file, address, context) {
  const url = await pictureUrl(address, file.type, context.session.api).catch(() => null);
  if (!url) return;
  const dialog = el('dialog', { class: 'viewer', 'aria-label': file.name });
  const close = () => dialog.close();
  dialog.append(
    el('div', { class: 'viewer-bar' }, el('span', { text: file.name }),
      el('button', { type: 'button', on: { click: () => download(file, address, context) } }, icon('download'), t('download')),
      el('button', { type: 'button', 'aria-label': t('close'), on: { click: close } }, icon('close'))),
    el('img', { src: url, alt: file.name, on: { click: close } }));
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

async function download(file, address, context) {
  try {
    saveAs(await fetchFile(address, context.session.api), file.name);
  } catch {
    context.actions.trouble('file_gone');
  }
}

function card(file, address, context) {
  return el('div', { class: 'file-card' }, icon('file'),
    el('div', {}, el('bdi', { class: 'file-name', text: file.name }), el('span', { class: 'muted', text: size(file.size || 0) })),
    address && el('button', {
      type: 'button', class: 'icon-button', 'aria-label': t('download_name', { name: file.name }), title: t('download'),
      on: { click: () => download(file, address, context) },
    }, icon('download')));
}

export function fileNode(file, context) {
  const address = ownAddress(file);
  if (address && PICTURES.has(file.type) && (file.size || 0) <= BIGGEST_PREVIEW) return picture(file, address, context);
  return card(file, address, context);
}
