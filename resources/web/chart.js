// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later

// A small line chart over time as SVG. Series differ by dash as well as by colour, and their numbers stand in words.

const NS = 'http://www.w3.org/2000/svg';
const WIDTH = 300;
const HEIGHT = 72;
const POINTS = 60;

export class Chart {
  constructor(label, seriesCount) {
    this.values = Array.from({ length: seriesCount }, () => []);
    this.node = document.createElementNS(NS, 'svg');
    this.node.setAttribute('viewBox', `0 0 ${WIDTH} ${HEIGHT}`);
    this.node.setAttribute('preserveAspectRatio', 'none');
    this.node.setAttribute('class', 'chart');
    this.node.setAttribute('role', 'img');
    this.node.setAttribute('aria-label', label);
    this.lines = this.values.map((_, index) => {
      const line = document.createElementNS(NS, 'polyline');
      line.setAttribute('class', `series-${index + 1}`);
      this.node.append(line);
      return line;
    });
  }

  push(...values) {
    values.forEach((value, index) => {
      const points = this.values[index];
      points.push(Number.isFinite(value) ? value : 0);
      if (points.length > POINTS) points.shift();
    });
    this.draw();
  }

  draw() {
    const highest = Math.max(1e-9, ...this.values.flat()) * 1.1;
    this.values.forEach((points, index) => {
      const from = POINTS - points.length;
      this.lines[index].setAttribute('points', points.map((value, at) => {
        const x = ((from + at) / (POINTS - 1)) * WIDTH;
        return `${x.toFixed(1)},${(HEIGHT - 2 - (value / highest) * (HEIGHT - 4)).toFixed(1)}`;
      }).join(' '));
    });
  }
}
