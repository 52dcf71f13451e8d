// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The API's own documentation: reads /openapi.json and /asyncapi.json, shows them, and lets every call be tried.

import { $, el } from './util.js';
import { t } from './i18n.js';
import { Api } from './api.js';
import { inline } from './markdown.js';
import { startPage } from './page.js';
import { tryOperation, streamPane, socketPane } from './tryout.js';

const VERBS = ['get', 'post', 'put', 'patch', 'delete', 'head', 'options'];

const pretty = (value) => (typeof value === 'string' ? value : JSON.stringify(value, null, 2));
const block = (value) => el('pre', { class: 'block', tabIndex: 0 }, el('code', { text: pretty(value) }));
const prose = (tag, text) => el(tag, { class: 'text' }, inline(text || ''));
const slug = (text) => text.replace(/[^\w]+/g, '-').toLowerCase();

function resolver(root) {
  const resolve = (node, depth = 0) => {
    if (!node?.$ref || depth > 8) return node || {};
    const found = node.$ref.replace(/^#\//, '').split('/').reduce((value, key) => value?.[key.replace(/~1/g, '/').replace(/~0/g, '~')], root);
    return resolve(found, depth + 1);
  };
  return resolve;
}

const refName = (node) => node?.$ref?.split('/').pop();

function typeOf(schema) {
  if (!schema) return '';
  if (schema.$ref) return refName(schema);
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(' | ');
  if (schema.oneOf || schema.anyOf) return (schema.oneOf || schema.anyOf).map(typeOf).join(' | ');
  if (schema.type === 'array') return `${typeOf(schema.items)}[]`;
  const type = [].concat(schema.type || 'object').join(' | ');
  return schema.format ? `${type} (${schema.format})` : type;
}

function fieldsTable(properties, required = []) {
  return el('div', { class: 'scroll', tabIndex: 0 }, el('table', {}, el('tbody', {}, Object.entries(properties).map(([name, schema]) => el('tr', {},
    el('td', {}, el('code', { text: name }), required.includes(name) ? el('span', { class: 'muted', text: ` ${t('required')}` }) : null),
    el('td', {}, el('code', { text: typeOf(schema) })), prose('td', schema.description))))));
}

function schemaView(schema, resolve) {
  const whole = resolve(schema);
  const parts = whole.allOf ? whole.allOf.map((part) => resolve(part)) : [whole];
  const properties = Object.assign({}, ...parts.map((part) => part.properties || {}));
  const required = parts.flatMap((part) => part.required || []);
  if (Object.keys(properties).length) return fieldsTable(properties, required);
  return el('p', {}, el('code', { text: typeOf(schema) }));
}

function exampleOf(content) {
  if (!content) return undefined;
  if (content.example !== undefined) return content.example;
  return Object.values(content.examples || {})[0]?.value;
}

function parametersView(parameters) {
  if (!parameters.length) return null;
  return el('section', {}, el('h3', { text: t('parameters') }), el('div', { class: 'scroll', tabIndex: 0 }, el('table', {}, el('tbody', {}, parameters.map((one) => el('tr', {},
    el('td', {}, el('code', { text: one.name }), one.required ? el('span', { class: 'muted', text: ` ${t('required')}` }) : null),
    el('td', {}, el('span', { class: 'tag', text: one.in }), ' ', el('code', { text: typeOf(one.schema) })), prose('td', one.description)))))));
}

function responsesView(operation, resolve) {
  const rows = Object.entries(operation.responses || {}).map(([status, node]) => {
    const response = resolve(node);
    const [type, content] = Object.entries(response.content || {})[0] || [];
    // All problems look alike: the schema says it once.
    const example = type === 'application/problem+json' ? undefined : exampleOf(content);
    return el('tr', {}, el('td', {}, el('code', { text: status })), el('td', { class: 'text' }, inline(response.description || ''),
      type && el('div', {}, el('span', { class: 'tag', text: type }), ' ', el('code', { text: content.schema ? typeOf(content.schema) : '' })),
      example !== undefined && block(example)));
  });
  return el('section', {}, el('h3', { text: t('responses') }), el('div', {}, el('table', {}, el('tbody', {}, rows))));
}

function operationView(path, verb, operation, shared, resolve, api) {
  const id = slug(`${verb}-${path}`);
  const parameters = [...(shared || []), ...(operation.parameters || [])].map((one) => resolve(one));
  const body = operation.requestBody && resolve(operation.requestBody);
  const [bodyType, bodyContent] = Object.entries(body?.content || {})[0] || [];
  const inside = el('div', { class: 'inside' });
  const node = el('details', { class: 'card', id }, el('summary', {}, el('span', { class: `verb ${verb}`, text: verb.toUpperCase() }), el('code', { text: path }),
    el('span', { class: 'muted', text: operation.summary || '' })), inside);
  // Filled when first opened: there are many, and few are read.
  node.addEventListener('toggle', () => {
    if (!node.open || inside.childElementCount) return;
    inside.append(...[
      operation.description && prose('p', operation.description), parametersView(parameters),
      bodyContent && el('section', {}, el('h3', { text: `${t('body')}: ${bodyType}` }), bodyContent.schema && schemaView(bodyContent.schema, resolve)),
      tryOperation({ path, verb, parameters, bodyType, example: exampleOf(bodyContent), streams: Boolean(resolve(operation.responses?.['200'])?.content?.['text/event-stream']) }, api),
      responsesView(operation, resolve),
    ].filter(Boolean));
  });
  return node;
}

function link(id, verb, text) {
  const open = () => { const target = document.getElementById(id); if (target) target.open = true; };
  return el('a', { href: `#${id}`, on: { click: open } }, verb && el('span', { class: `verb ${verb}`, text: verb.toUpperCase() }), el('span', { text }));
}

function showOpenApi(document_, api) {
  const resolve = resolver(document_);
  $('#about').textContent = `${document_.info.title} ${document_.info.version} — ${document_.info.summary || ''}`;
  const groups = new Map((document_.tags || []).map((tag) => [tag.name, { description: tag.description, nodes: [], links: [] }]));
  for (const [path, item] of Object.entries(document_.paths)) {
    for (const verb of VERBS) {
      const operation = item[verb];
      if (!operation) continue;
      const tag = operation.tags?.[0] || 'API';
      if (!groups.has(tag)) groups.set(tag, { nodes: [], links: [] });
      const node = operationView(path, verb, operation, item.parameters, resolve, api);
      groups.get(tag).nodes.push(node);
      groups.get(tag).links.push(link(node.id, verb, path));
    }
  }
  for (const [name, { description, nodes, links }] of groups) {
    $('#operations').append(el('h2', { text: name }), description ? el('p', { class: 'muted text', text: description }) : '', ...nodes);
    $('#contents').append(el('h2', { text: name }), ...links);
  }
  const schemas = Object.entries(document_.components?.schemas || {});
  $('#schemas').append(el('h2', { text: t('schemas') }), ...schemas.map(([name, schema]) => el('details', { class: 'card', id: `schema-${name}` },
    el('summary', {}, el('code', { text: name }), el('span', { class: 'muted', text: schema.description || '' })), el('div', { class: 'inside' }, schemaView(schema, resolve)))));
}

function messageView(message, direction, resolve) {
  const whole = resolve(message);
  const payload = resolve(whole.payload);
  return el('details', { class: 'card' }, el('summary', {}, el('span', { class: 'verb', text: direction }), el('code', { text: whole.name || whole.title || '' }), el('span', { class: 'muted', text: whole.summary || '' })),
    el('div', { class: 'inside' }, whole.description && prose('p', whole.description), payload.properties && fieldsTable(payload.properties, payload.required),
      ...(whole.examples || []).map((example) => block(example.payload))));
}

function showAsyncApi(document_) {
  const resolve = resolver(document_);
  const area = $('#async');
  area.append(el('h2', { text: t('channels') }));
  $('#contents').append(el('h2', { text: t('channels') }));
  const operations = Object.values(document_.operations || {});
  for (const [key, channel] of Object.entries(document_.channels || {})) {
    const id = `channel-${slug(key)}`;
    const messages = operations.filter((one) => refName(one.channel) === key).flatMap((one) => {
      const direction = one.action === 'send' ? t('server_sends') : t('client_sends');
      return (one.messages || []).map((message) => messageView(message, direction, resolve));
    });
    const closing = channel['x-close-codes'];
    area.append(el('details', { class: 'card', id }, el('summary', {}, el('span', { class: 'verb', text: channel['x-transport'] || 'WS' }), el('code', { text: channel.address }), el('span', { class: 'muted', text: channel.summary || channel.title || '' })),
      el('div', { class: 'inside' }, channel.description && prose('p', channel.description), ...messages,
        closing && el('section', {}, el('h3', { text: t('close_codes') }), el('table', {}, el('tbody', {}, Object.entries(closing).map(([code, why]) => el('tr', {}, el('td', {}, el('code', { text: code })), el('td', { text: why })))))))));
    $('#contents').append(link(id, null, channel.address));
  }
}

async function load(path) {
  const response = await fetch(path);
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  return response.json();
}

async function start() {
  await startPage('docs_title');
  const api = new Api('docs-token');
  $('#token').value = api.token || '';
  $('#token').addEventListener('input', () => api.setToken($('#token').value.trim()));
  $('#guest').addEventListener('click', async () => {
    try {
      await api.signIn({ name: `docs-${Math.floor(Math.random() * 10000)}` });
      $('#token').value = api.token;
      $('#error').textContent = '';
    } catch (error) {
      $('#error').textContent = error.detail || error.code;
    }
  });
  $('#live-tools').append(streamPane(api), socketPane(api));
  try {
    showOpenApi(await load('/openapi.json'), api);
    showAsyncApi(await load('/asyncapi.json'));
  } catch (error) {
    $('#error').textContent = `${t('load_failed')} ${error.message}`;
  }
  const target = location.hash && document.getElementById(location.hash.slice(1));
  if (target) {
    target.open = true;
    target.scrollIntoView();
  }
  document.body.classList.add('ready');
}

start();
