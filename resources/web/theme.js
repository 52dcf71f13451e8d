// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Light, dark or as the system has it. The switch only sets an attribute; the colours are in base.css.

import { local } from './util.js';

export const THEMES = ['system', 'light', 'dark'];

export const currentTheme = () => (THEMES.includes(local.get('theme')) ? local.get('theme') : 'system');

export function applyTheme(theme = currentTheme()) {
  if (theme === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}

export function setTheme(theme) {
  local.set('theme', theme === 'system' ? null : theme);
  applyTheme(theme);
}

applyTheme();
