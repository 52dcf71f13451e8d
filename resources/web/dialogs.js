// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Small windows over the page: questions, forms, menus, the emoji picker and the short notices that go by themselves.

import { el, $ } from './util.js';
import { icon } from './icons.js';
import { t, errorText } from './i18n.js';
import { EMOJI_GROUPS } from './emoji.js';

const NOTICE_LASTS = 6000;

/// A short notice; `bad` ones are alerts for screen readers. `action`: {label, run}.
export function notice(text, bad = false, action = null) {
  const close = () => node.remove();
  const node = el('div', { class: `notice${bad ? ' bad' : ''}`, role: bad ? 'alert' : 'status' }, el('span', { text }),
    action && el('button', {
      type: 'button', class: 'link', text: action.label, on: {
        click: () => {
          close();
          action.run();
        },
      },
    }),
    el('button', { type: 'button', class: 'icon-button', 'aria-label': t('close'), on: { click: close } }, icon('close')));
  $('#notices').append(node);
  while ($('#notices').children.length > 4) $('#notices').firstChild.remove();
  setTimeout(close, NOTICE_LASTS);
}

function frame(title, ...content) {
  const dialog = el('dialog', { class: 'window', 'aria-label': title },
    el('header', {}, el('h2', { text: title }),
      el('button', { type: 'button', class: 'icon-button', 'aria-label': t('close'), on: { click: () => dialog.close() } }, icon('close'))),
    ...content);
  dialog.addEventListener('close', () => dialog.remove());
  dialog.addEventListener('mousedown', (event) => event.target === dialog && dialog.close());
  document.body.append(dialog);
  return dialog;
}

export function openPanel(title, ...content) {
  const dialog = frame(title, ...content);
  dialog.showModal();
  return dialog;
}

/// A yes-or-no question; resolves to whether it was yes. The dangerous answer is never the default.
export function confirmDialog(title, text, yes) {
  return new Promise((resolve) => {
    const dialog = frame(title, el('p', { text }));
    const no = el('button', { type: 'button', text: t('cancel'), on: { click: () => dialog.close() } });
    const go = el('button', { type: 'button', class: 'danger solid', text: yes, on: { click: () => dialog.close('yes') } });
    dialog.append(el('footer', {}, no, go));
    dialog.addEventListener('close', () => resolve(dialog.returnValue === 'yes'));
    dialog.showModal();
    no.focus();
  });
}

/// A form. `fields`: {name, label, type, value, hint, required, options}. `submit(values)` may reject: the form stays,
/// with the reason on it.
export function formDialog(title, fields, action, submit) {
  const trouble = el('p', { class: 'form-error', role: 'alert', hidden: true });
  const go = el('button', { type: 'submit', class: 'solid', text: action });
  const form = el('form', { method: 'dialog' });
  const dialog = frame(title, form);
  form.append(...fields.map(fieldNode), trouble, el('footer', {},
    el('button', { type: 'button', text: t('cancel'), on: { click: () => dialog.close() } }), go));
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    go.disabled = true;
    try {
      const values = {};
      for (const field of fields) {
        const node = form.elements[field.name];
        values[field.name] = field.type === 'checkbox' ? node.checked : node.value;
      }
      await submit(values);
      dialog.close();
    } catch (error) {
      trouble.textContent = errorText(error.code, error.message);
      trouble.hidden = false;
    }
    go.disabled = false;
  });
  dialog.showModal();
  form.elements[fields[0].name].focus();
  return dialog;
}

function fieldNode(field) {
  const common = { name: field.name, required: field.required, 'aria-describedby': field.hint ? `hint-${field.name}` : undefined };
  let input;
  if (field.type === 'textarea') input = el('textarea', { ...common, rows: 4 });
  else if (field.type === 'select') {
    input = el('select', common, field.options.map(([value, label]) => el('option', { value, text: label, selected: value === field.value })));
  } else input = el('input', { ...common, type: field.type || 'text', autocomplete: field.autocomplete || 'off', maxlength: field.max ? String(field.max) : undefined });
  if (field.type === 'checkbox') input.checked = Boolean(field.value);
  else if (field.value !== undefined) input.value = field.value;
  const label = el('label', { class: field.type === 'checkbox' ? 'check' : 'field' });
  if (field.type === 'checkbox') label.append(input, el('span', { text: field.label }));
  else label.append(el('span', { text: field.label }), input);
  if (field.hint) label.append(el('small', { id: `hint-${field.name}`, class: 'muted', text: field.hint }));
  return label;
}

/// Something small that hangs on a button: closes by Escape, by a click elsewhere and by `close()`.
function popover(anchor, className, label, role) {
  $('.popover')?.remove();
  const box = el('div', { class: `popover ${className}`, role, 'aria-label': label, tabIndex: -1 });
  const close = (focus = true) => {
    box.remove();
    document.removeEventListener('pointerdown', outside, true);
    if (focus && anchor.isConnected) anchor.focus();
  };
  const outside = (event) => !box.contains(event.target) && close(false);
  box.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    close();
  });
  document.addEventListener('pointerdown', outside, true);
  (anchor.closest('dialog') || document.body).append(box);
  const placeAt = () => {
    const from = anchor.getBoundingClientRect();
    const own = box.getBoundingClientRect();
    const below = from.bottom + own.height + 8 < innerHeight || from.top < own.height + 8;
    box.style.left = `${Math.max(8, Math.min(from.left, innerWidth - own.width - 8))}px`;
    box.style.top = `${Math.max(8, below ? Math.min(from.bottom + 4, innerHeight - own.height - 8) : from.top - own.height - 4)}px`;
  };
  return { box, close, placeAt };
}

export function menu(anchor, label, items) {
  const { box, close, placeAt } = popover(anchor, 'menu', label, 'menu');
  for (const item of items.filter(Boolean)) {
    box.append(el('button', {
      type: 'button', role: item.checked === undefined ? 'menuitem' : 'menuitemradio', class: item.danger ? 'danger' : '',
      'aria-checked': item.checked === undefined ? undefined : String(item.checked), on: {
        click: () => {
          close();
          item.run();
        },
      },
    }, icon(item.checked ? 'check' : item.icon), el('span', { text: item.label })));
  }
  box.addEventListener('keydown', (event) => {
    const move = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!move) return;
    event.preventDefault();
    const all = [...box.querySelectorAll('button')];
    all[(all.indexOf(document.activeElement) + move + all.length) % all.length].focus();
  });
  placeAt();
  box.querySelector('button')?.focus();
}

export function emojiPicker(anchor, pick) {
  const { box, close, placeAt } = popover(anchor, 'picker', t('emoji'), 'dialog');
  const input = el('input', { type: 'text', 'aria-label': t('emoji_search'), placeholder: t('emoji_search') });
  const grid = el('div', { class: 'emoji-grid' });
  const fill = () => {
    const word = input.value.trim().toLowerCase();
    grid.replaceChildren(...EMOJI_GROUPS.flatMap((group) => group.filter(({ name }) => name.includes(word)).map(({ name, emoji }) => el('button', {
      type: 'button', class: 'emoji', 'aria-label': name.replace(/_/g, ' '), title: `:${name}:`, text: emoji, on: {
        click: () => {
          close();
          pick(emoji);
        },
      },
    }))));
  };
  input.addEventListener('input', fill);
  input.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter') return;
    event.preventDefault();
    grid.querySelector('button')?.click();
  });
  fill();
  box.append(input, grid);
  placeAt();
  input.focus();
}
