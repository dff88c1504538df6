// How long the module takes to judge one large record again after each keystroke, in a real browser.
//
// `cargo dev wasm`, then in this folder `npm ci` and `node bench/keystroke.js [KEYSTROKES]`. CHROMIUM names the browser.

import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';

import { chromium } from 'playwright-core';

const FOLDER = fileURLToPath(new URL('..', import.meta.url));
const TYPES = { '.js': 'text/javascript', '.wasm': 'application/wasm', '.json': 'application/json' };
const FLAGS = ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];
const keystrokes = Number(process.argv[2] ?? 300);

// The record of `cargo bench -p datasteward-benches`: 110 KB, 600 described fields.
function record() {
  const subjects = ['tree', 'permit', 'meter', 'visit', 'route', 'loan'];
  const facts = [
    ['id', 'text', 'Number under which the office keeps the'],
    ['cnt', 'number', 'How many times somebody counted the'],
    ['dt', 'date', 'Day on which the office last saw the'],
    ['len_ft', 'number', 'Length in feet, measured on site, of the'],
    ['status', 'text', 'State, as the inspector found it, of the'],
  ];
  const columns = Array.from({ length: 600 }, (_, n) => {
    const subject = subjects[n % subjects.length];
    const [fact, type, meaning] = facts[n % facts.length];
    return { name: `${subject}_${fact}_${n}`, type, description: `${meaning} ${subject} of kind ${n}, as the department's survey of that year wrote it down.` };
  });
  return {
    datasteward: '1',
    id: 'survey',
    title: 'Survey of the departments',
    description: 'Each row is one district, with what the survey counted there.',
    publisher: { name: 'City of Example' },
    license: 'CC0-1.0',
    refresh: 'annually',
    data_updated: '2026-11-02',
    columns,
  };
}

const server = createServer(async ({ url }, answer) => {
  const path = normalize(join(FOLDER, decodeURIComponent(new URL(url, 'http://x').pathname)));
  if (path.endsWith('/')) {
    answer.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>Keystrokes</title>');
    return;
  }
  const bytes = await readFile(path).catch(() => undefined);
  if (bytes === undefined) {
    answer.writeHead(404).end();
    return;
  }
  answer.writeHead(200, { 'content-type': TYPES[extname(path)] ?? 'text/plain' }).end(bytes);
});
await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
const profile = await mkdtemp(join(tmpdir(), 'datasteward-keys-'));
const context = await chromium.launchPersistentContext(profile, { executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: FLAGS });
try {
  const page = await context.newPage();
  await page.goto(`http://127.0.0.1:${server.address().port}/`);
  const { bytes, first, times } = await page.evaluate(async ([given, count]) => {
    const { check, init } = await import('/pkg/index.js');
    await init();
    const options = { as_of: '2026-11-25' };
    const judged = () => {
      const text = JSON.stringify(given);
      const started = performance.now();
      check(text, options);
      return performance.now() - started;
    };
    const bytes = JSON.stringify(given).length;
    const first = judged();
    const times = [];
    for (let key = 0; key < count; key += 1) {
      // A sentence typed letter by letter, into one field after the other.
      const column = given.columns[(Math.floor(key / 20) * 37) % given.columns.length];
      column.description += ' written again'[key % 14];
      times.push(judged());
    }
    return { bytes, first, times };
  }, [record(), keystrokes]);
  times.sort((one, other) => one - other);
  const at = (share) => times[Math.min(times.length - 1, Math.floor(times.length * share))].toFixed(1);
  console.log(`${(bytes / 1000).toFixed(0)} KB, judged first in ${first.toFixed(1)} ms; after each of ${keystrokes} keystrokes: median ${at(0.5)} ms, 95 % within ${at(0.95)} ms, longest ${at(1)} ms`);
} finally {
  await context.close();
  server.close();
  await rm(profile, { recursive: true, force: true, maxRetries: 5 });
}
