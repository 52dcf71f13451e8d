// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Language: one JSON file each, chosen by the person or by the browser, with Intl for plurals, numbers and dates.

import { local } from './util.js';

export const LANGUAGES = { en: 'English', es: 'Español' };

let table = {};
let fallback = {};
let language = 'en';
let locale = 'en'; // The language with the person's own region, for dates and numbers.

export function chosenLanguage() {
  const own = local.get('language');
  if (own in LANGUAGES) return own;
  for (const tag of navigator.languages || [navigator.language]) {
    const code = String(tag).slice(0, 2);
    if (code in LANGUAGES) return code;
  }
  return 'en';
}

async function load(code) {
  const response = await fetch(`/web/${code}.json`);
  if (!response.ok) throw new Error(`language ${code}: ${response.status}`);
  return response.json();
}

export async function initLanguage() {
  language = chosenLanguage();
  locale = (navigator.languages || []).find((tag) => String(tag).startsWith(language)) || language;
  document.documentElement.lang = language;
  try {
    table = await load(language);
  } catch {
    // The page stays usable with keys' English: a broken table must not keep anybody out.
    language = 'en';
    table = await load('en').catch(() => ({}));
  }
  fallback = table;
  translatePage();
}

/// t('unread', {count: 3}) takes the plural form of `count` when the entry has forms; {name} is replaced.
export function t(key, values = {}) {
  let text = table[key] ?? fallback[key];
  if (text && typeof text === 'object') {
    const form = new Intl.PluralRules(language).select(Number(values.count ?? values.n ?? 0));
    text = text[form] ?? text.other;
  }
  if (text === undefined) return key;
  return text.replace(/\{(\w+)\}/g, (whole, name) => {
    const value = values[name];
    if (value === undefined) return whole;
    return typeof value === 'number' ? number(value) : String(value);
  });
}

/// The words for an error's code; what the server said in its own words if the code is new to this page.
export function errorText(code, detail) {
  const key = `error.${code}`;
  return key in table ? t(key) : detail || t('error.unknown', { code });
}

export function translatePage(root = document) {
  for (const node of root.querySelectorAll('[data-t]')) node.textContent = t(node.dataset.t);
  for (const [attribute, data] of [['aria-label', 'tLabel'], ['placeholder', 'tPlaceholder'], ['title', 'tTitle']]) {
    const selector = `[data-${data.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`)}]`;
    for (const node of root.querySelectorAll(selector)) node.setAttribute(attribute, t(node.dataset[data]));
  }
}

export const currentLanguage = () => language;
export const number = (value, options) => new Intl.NumberFormat(locale, options).format(value);
export const time = (date) => new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit' }).format(date);
export const fullDate = (date) => new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'medium' }).format(date);
export const shortDate = (date) => new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' }).format(date);
export const list = (items) => new Intl.ListFormat(language, { type: 'conjunction' }).format(items);
export const sorted = (items, by) => items.sort((a, b) => by(a).localeCompare(by(b), language, { sensitivity: 'base', numeric: true }));

export function day(date) {
  const start = (value) => new Date(value.getFullYear(), value.getMonth(), value.getDate()).getTime();
  const days = Math.round((start(date) - start(new Date())) / 86400000);
  const long = new Intl.DateTimeFormat(locale, {
    weekday: 'long', day: 'numeric', month: 'long', year: date.getFullYear() === new Date().getFullYear() ? undefined : 'numeric',
  }).format(date);
  if (days > 0 || days < -1) return capital(long);
  const near = capital(new Intl.RelativeTimeFormat(language, { numeric: 'auto' }).format(days, 'day'));
  return days === 0 ? near : `${near}, ${long}`;
}

const capital = (text) => text.charAt(0).toLocaleUpperCase(language) + text.slice(1);

export function size(bytes) {
  const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte'];
  let value = bytes;
  let unit = 0;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return new Intl.NumberFormat(locale, {
    style: 'unit', unit: units[unit], unitDisplay: unit ? 'short' : 'long', maximumFractionDigits: value < 100 && unit ? 1 : 0,
  }).format(value);
}

export function duration(seconds) {
  const whole = Math.max(0, Math.floor(seconds));
  const part = (value, unit) => new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'narrow' }).format(value);
  if (whole < 60) return part(whole, 'second');
  if (whole < 3600) return `${part(Math.floor(whole / 60), 'minute')} ${part(whole % 60, 'second')}`;
  if (whole < 86400) return `${part(Math.floor(whole / 3600), 'hour')} ${part(Math.floor((whole % 3600) / 60), 'minute')}`;
  return `${part(Math.floor(whole / 86400), 'day')} ${part(Math.floor((whole % 86400) / 3600), 'hour')}`;
}
