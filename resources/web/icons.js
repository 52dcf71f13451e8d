// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The icons, as paths on a 24 x 24 grid drawn with the text's colour. Glyphs are not used as icons: fonts differ.

const PATHS = {
  send: 'M4 12 20 4l-5 16-4-6-7-2Zm7 2 9-10',
  attach: 'm8 12 6-6a3.5 3.5 0 0 1 5 5l-8.5 8.5a5.5 5.5 0 0 1-8-8L11 3',
  smile: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18ZM8.5 14a4 4 0 0 0 7 0M9 9.5v.1M15 9.5v.1',
  search: 'M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13Zm5 11.5L20 20',
  bell: 'M6 17V11a6 6 0 0 1 12 0v6l2 1H4l2-1Zm4 4h4',
  bellOff: 'M6 17V11a6 6 0 0 1 9-5.2M18 11v6l2 1H8m2 3h4M4 4l16 16',
  people: 'M9 5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7ZM2.5 20c0-3.5 3-5.5 6.5-5.500s6.5 2 6.5 5.500M16 5.500a3.3 3.3 0 0 1 0 6.300M18 15c2.2.7 3.5 2.5 3.5 5',
  menu: 'M4 7h16M4 12h16M4 17h16',
  close: 'm6 6 12 12M18 6 6 18',
  plus: 'M12 5v14M5 12h14',
  hash: 'M9 4 7 20M17 4l-2 16M4.5 9h16M3.5 15h16',
  lock: 'M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3',
  reply: 'M10 6 4 11.5 10 17v-3.500c5 0 8 1 10 4.5-.5-6-4-8.5-10-8.500V6Z',
  edit: 'm4 20 1-4L16 5l3 3L8 19l-4 1ZM14 7l3 3',
  trash: 'M5 7h14M9 7V4h6v3M7 7l1 13h8l1-13M10.5 11v5M13.5 11v5',
  copy: 'M9 9h11v11H9zM5 15H4V4h11v1',
  clock: 'M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16Zm0 4v4l3 2',
  alert: 'M12 4 2.5 20h19L12 4Zm0 6v4M12 17v.1',
  down: 'M12 5v14M6 13l6 6 6-6',
  up: 'M12 19V5M6 11l6-6 6 6',
  file: 'M7 3h7l5 5v13H7zM14 3v5h5',
  download: 'M12 4v11M7 11l5 5 5-5M5 20h14',
  more: 'M5 12v.1M12 12v.1M19 12v.1',
  sun: 'M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8ZM12 2v2M12 20v2M2 12h2M20 12h2M5 5l1.5 1.500M17.5 17.5 19 19M19 5l-1.5 1.500M6.5 17.5 5 19',
  exit: 'M14 4h5v16h-5M4 12h11M11 8l4 4-4 4',
  link: 'M10 14a4 4 0 0 0 6 0l3-3a4 4 0 0 0-6-6l-1 1M14 10a4 4 0 0 0-6 0l-3 3a4 4 0 0 0 6 6l1-1',
  code: 'm8 7-5 5 5 5M16 7l5 5-5 5M14 5l-4 14',
  check: 'm5 12 5 5 9-10',
  settings: 'M4 7h9M17 7h3M4 17h3M11 17h9M15 4.500v5M9 14.500v5',
};

const NS = 'http://www.w3.org/2000/svg';

export function icon(name) {
  const svg = document.createElementNS(NS, 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('class', 'icon');
  svg.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS(NS, 'path');
  path.setAttribute('d', PATHS[name]);
  svg.append(path);
  return svg;
}

/// Puts an icon into every element of the page's own HTML that asks for one with data-icon.
export function placeIcons(root = document) {
  for (const node of root.querySelectorAll('[data-icon]')) node.prepend(icon(node.dataset.icon));
}
