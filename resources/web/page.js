// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What the pages beside the chat have in common: language, icons and the theme switch.

import { $ } from './util.js';
import { initLanguage, t } from './i18n.js';
import { placeIcons } from './icons.js';
import { setTheme } from './theme.js';

export async function startPage(titleKey) {
  await initLanguage();
  placeIcons();
  document.title = `${t(titleKey)} — Tertulia`;
  $(`#pages a[href="${location.pathname}"]`)?.setAttribute('aria-current', 'page');
  $('#theme').addEventListener('click', () => {
    const dark = getComputedStyle(document.documentElement).colorScheme === 'dark';
    setTheme(dark ? 'light' : 'dark');
  });
}

export function webSocketAddress(path) {
  const address = new URL(path, location.href);
  address.protocol = address.protocol.replace('http', 'ws');
  return address;
}
