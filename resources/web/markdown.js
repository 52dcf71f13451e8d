// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later

// A safe subset of Markdown, built as nodes: bold, italic, strike, code, fenced code, links and mentions. Whatever a
// message says, the result is made of the few elements named here and of text.

import { el, copyText } from './util.js';
import { icon } from './icons.js';
import { t } from './i18n.js';

const MAX_DEPTH = 4;
const LINK = /^(?:https?:\/\/|mailto:)[^\s<>"'`]+/i;
const WORD = /[\p{L}\p{N}_]/u;

/// An address that may be put into href: parsed, and of a kind that runs nothing.
export function safeUrl(text) {
  try {
    const url = new URL(text);
    return ['http:', 'https:', 'mailto:'].includes(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}

function linkNode(url, label) {
  return el('a', { href: url, target: '_blank', rel: 'noopener noreferrer' }, label);
}

/// Trailing punctuation belongs to the sentence, not to the address; a bracket stays when it was opened inside.
function trimLink(text) {
  let end = text.length;
  while (end > 0) {
    const last = text[end - 1];
    if ('.,;:!?*_~'.includes(last)) end -= 1;
    else if (last === ')' && !text.slice(0, end).includes('(')) end -= 1;
    else break;
  }
  return text.slice(0, end);
}

function delimited(text, at, mark) {
  const start = at + mark.length;
  if (start >= text.length || /\s/.test(text[start])) return null;
  let end = text.indexOf(mark, start);
  while (end > 0 && (/\s/.test(text[end - 1]) || (mark === '*' && text[end + 1] === '*'))) {
    end = text.indexOf(mark, end + (mark === '*' && text[end + 1] === '*' ? 2 : 1));
  }
  if (end <= start) return null;
  if (mark === '_' && (WORD.test(text[at - 1] || ' ') || WORD.test(text[end + 1] || ' '))) return null;
  return { inner: text.slice(start, end), next: end + mark.length };
}

const MARKS = [['**', 'strong'], ['__', 'strong'], ['~~', 's'], ['*', 'em'], ['_', 'em']];

function codeSpan(text, at) {
  const end = text.indexOf('`', at + 1);
  if (end <= at + 1) return null;
  return { node: el('code', { text: text.slice(at + 1, end) }), next: end + 1 };
}

function namedLink(text, at, context, depth) {
  const middle = text.indexOf('](', at);
  const end = middle > at + 1 ? text.indexOf(')', middle) : -1;
  if (end < 0) return null;
  const url = safeUrl(text.slice(middle + 2, end).trim());
  const label = text.slice(at + 1, middle);
  if (!url || label.includes('[') || label.includes('\n')) return null;
  // The label must not pass for another address: what is shown is what is opened.
  const shown = safeUrl(label.trim());
  const content = shown && shown !== url ? url : inline(label, { ...context, links: false }, depth + 1);
  return { node: linkNode(url, content), next: end + 1 };
}

function mention(text, at, context) {
  if (WORD.test(text[at - 1] || ' ')) return null;
  let best = '';
  const rest = text.slice(at + 1, at + 1 + 64).toLowerCase();
  for (const name of context.names || []) {
    const lower = name.toLowerCase();
    if (lower.length > best.length && rest.startsWith(lower) && !WORD.test(rest[lower.length] || ' ')) best = name;
  }
  if (!best) return null;
  const mine = context.me && best.toLowerCase() === context.me.toLowerCase();
  const shown = text.slice(at, at + 1 + best.length);
  return { node: el('span', { class: mine ? 'mention mine' : 'mention', text: shown }), next: at + 1 + best.length };
}

function special(text, at, context, depth) {
  const char = text[at];
  if (char === '`') return codeSpan(text, at);
  if (char === '@') return mention(text, at, context);
  if (char === '[' && context.links !== false && depth < MAX_DEPTH) return namedLink(text, at, context, depth);
  if ('hHmM'.includes(char) && context.links !== false && !WORD.test(text[at - 1] || ' ')) {
    const found = LINK.exec(text.slice(at, at + 2048));
    const address = found && trimLink(found[0]);
    const url = address && safeUrl(address);
    return url ? { node: linkNode(url, address), next: at + address.length } : null;
  }
  if (depth >= MAX_DEPTH || !'*_~'.includes(char)) return null;
  for (const [mark, tag] of MARKS) {
    if (!text.startsWith(mark, at)) continue;
    const found = delimited(text, at, mark);
    if (found) return { node: el(tag, {}, inline(found.inner, context, depth + 1)), next: found.next };
  }
  return null;
}

/// Text of one paragraph as a list of nodes.
export function inline(text, context = {}, depth = 0) {
  const nodes = [];
  let plain = 0;
  let at = 0;
  const flush = (end) => end > plain && nodes.push(document.createTextNode(text.slice(plain, end)));
  while (at < text.length) {
    const found = special(text, at, context, depth);
    if (found) {
      flush(at);
      nodes.push(found.node);
      at = found.next;
      plain = at;
    } else {
      // A run of one mark that opened nothing is plain text as a whole.
      const char = text[at];
      do at += 1; while ('*_~`'.includes(char) && text[at] === char);
    }
  }
  flush(text.length);
  return nodes;
}

function codeBlock(source, language) {
  const button = el('button', { type: 'button', class: 'copy-code', 'aria-label': t('copy_code') }, icon('copy'), el('span', { text: t('copy') }));
  button.addEventListener('click', async () => {
    const done = await copyText(source);
    button.lastChild.textContent = t(done ? 'copied' : 'copy_failed');
    setTimeout(() => { button.lastChild.textContent = t('copy'); }, 2000);
  });
  return el('div', { class: 'code-block' },
    el('div', { class: 'code-head' }, el('span', { text: language }), button),
    el('pre', { tabIndex: 0 }, el('code', { text: source })));
}

/// A whole message as a fragment. `context`: {me, names} for mentions.
export function render(text, context = {}) {
  const fragment = document.createDocumentFragment();
  let paragraph = [];
  const flush = () => {
    const body = paragraph.join('\n').replace(/^\n+|\n+$/g, '');
    paragraph = [];
    if (!body) return;
    const quoted = body.split('\n').every((line) => line.startsWith('> '));
    const shown = quoted ? body.replace(/^> /gm, '') : body;
    fragment.append(el(quoted ? 'blockquote' : 'p', {}, inline(shown, context)));
  };
  const lines = String(text).split('\n');
  for (let index = 0; index < lines.length; index += 1) {
    const fence = /^```([\w+#.-]{0,20})\s*$/.exec(lines[index]);
    const end = fence ? lines.findIndex((line, at) => at > index && /^```\s*$/.test(line)) : -1;
    if (end > index) {
      flush();
      fragment.append(codeBlock(lines.slice(index + 1, end).join('\n'), fence[1]));
      index = end;
    } else if (lines[index].trim() === '') {
      flush();
    } else {
      if (paragraph.length && paragraph[0].startsWith('> ') !== lines[index].startsWith('> ')) flush();
      paragraph.push(lines[index]);
    }
  }
  flush();
  return fragment;
}

/// The text without its marks, for one-line previews and notifications.
export function plainPreview(text, length = 120) {
  const flat = String(text).replace(/```[\w+#.-]*\n?/g, ' ').replace(/[*_~`]{1,3}(?=\S)|(?<=\S)[*_~`]{1,3}/g, '').replace(/\s+/g, ' ').trim();
  const chars = Array.from(flat);
  return chars.length > length ? `${chars.slice(0, length - 1).join('')}…` : flat;
}
