// The demo page in a real browser: what a steward does with it, and what hostile metadata cannot do to it.

import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { extname, join, normalize } from 'node:path';
import { after, before, beforeEach, test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { chromium } from 'playwright-core';

const FOLDER = fileURLToPath(new URL('..', import.meta.url));
const TYPES = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.wasm': 'application/wasm', '.json': 'application/json' };
const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

// Never closed, so that it is not taken for web-page code and left out of the title.
const HOSTILE = '</script <script src=data:,window.hurt=1 <img src=x onerror="window.hurt=1" \u202egnp.exe';
const catalog = (...titles) => JSON.stringify({
  conformsTo: 'https://project-open-data.cio.gov/v1.1/schema',
  dataset: titles.map((title, n) => ({ '@type': 'dcat:Dataset', identifier: `trees-${n}`, title, accessLevel: 'public' })),
}, null, 2);

let server, context, profile, page, address, asked, complaints;

before(async () => {
  server = createServer(async ({ url }, answer) => {
    const path = normalize(join(FOLDER, decodeURIComponent(new URL(url, 'http://x').pathname)));
    try {
      const body = await readFile(path.endsWith('/') ? `${path}index.html` : path);
      answer.writeHead(200, { 'content-type': TYPES[extname(path)] ?? 'text/html' }).end(body);
    } catch {
      answer.writeHead(404).end();
    }
  });
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  address = `http://127.0.0.1:${server.address().port}/demo/`;
  profile = await mkdtemp(join(tmpdir(), 'datasteward-page-'));
  context = await chromium.launchPersistentContext(profile, { executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: FLAGS, viewport: { width: 1280, height: 800 } });
  page = context.pages()[0] ?? await context.newPage();
  page.on('request', (request) => asked.push(request.url()));
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
});

beforeEach(async () => {
  asked = [];
  complaints = [];
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.goto(address);
  await page.locator('#result[data-ready]').waitFor();
});

after(async () => {
  await context?.close();
  await new Promise((closed) => server.close(closed));
  await rm(profile, { recursive: true, force: true, maxRetries: 5 });
});

const source = () => page.locator('#source');
const marks = () => page.locator('.item[data-outcome]');
const finding = (rule) => page.locator(`.finding[data-rule="${rule}"]`);
const quiet = () => assert.deepEqual(complaints, []);
const sideways = () => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

test('says that nothing leaves the computer, and asks nobody else for anything', async () => {
  assert.match(await page.locator('body').innerText(), /Nothing leaves your computer/);
  await source().fill(catalog('Street trees'));
  await marks().first().waitFor();
  assert.ok(asked.length > 0);
  assert.deepEqual(asked.filter((url) => !url.startsWith('data:') && !url.startsWith(new URL(address).origin)), []);
  quiet();
});

test('names the ten items before anything is typed', async () => {
  assert.equal(await page.locator('.item').count(), 10);
  assert.equal(await marks().count(), 0);
  assert.equal(await page.locator('.finding').count(), 0);
});

test('shows ten marks with words and the findings as text is typed', async () => {
  await source().pressSequentially('{"title": "Street');
  await finding('document-unreadable').waitFor();
  assert.equal(await marks().count(), 0);
  await source().fill(catalog('Street trees'));
  await finding('missing-description').waitFor();
  assert.equal(await marks().count(), 10);
  for (const mark of await marks().all()) {
    assert.match(await mark.innerText(), /^[✓✗–?]\s[\s\S]+\S/);
  }
  assert.match(await finding('missing-description').innerText(), /→|\S/);
  quiet();
});

test('judges again when a fault is mended', async () => {
  await source().fill(catalog('Street trees'));
  await finding('missing-description').waitFor();
  const mended = JSON.parse(catalog('Street trees'));
  mended.dataset[0].description = 'Every tree along a public street, with its kind and size, for residents and planners who want to know what grows where.';
  await source().fill(JSON.stringify(mended));
  await finding('missing-description').waitFor({ state: 'detached' });
  await source().fill('');
  await page.locator('.item[data-outcome]').first().waitFor({ state: 'detached' });
  assert.equal(await page.locator('.finding').count(), 0);
});

test('moves the caret to the place of a finding', async () => {
  const text = catalog(...Array.from({ length: 80 }, (_, n) => `Street trees ${n}`));
  await source().fill(text);
  await page.locator('#dataset').selectOption('60');
  const place = finding('missing-description').locator('button.place');
  const line = Number((await place.innerText()).match(/line (\d+)/)[1]);
  await place.click();
  const { start, top, focused } = await page.evaluate(() => {
    const field = document.getElementById('source');
    return { start: field.selectionStart, top: field.scrollTop, focused: document.activeElement === field };
  });
  assert.ok(focused);
  assert.equal(text.slice(0, start).split('\n').length, line);
  assert.ok(line > 200 && top > 500, `line ${line}, scrolled by ${top}`);
});

test('shows hostile metadata as text', async () => {
  await source().fill(catalog(HOSTILE, 'Street trees'));
  await marks().first().waitFor();
  await page.waitForTimeout(100);
  assert.equal(await page.evaluate(() => window.hurt), undefined);
  assert.equal(await page.locator('#result img, #result script').count(), 0);
  const words = await page.locator('#result').innerText();
  assert.match(words, /<img src=x/);
  assert.match(words, /\[U\+202E\]/);
  assert.doesNotMatch(words, /\u202e/);
  quiet();
});

test('takes a dropped file', async () => {
  const dropped = async (bytes, name) => {
    const data = await page.evaluateHandle(([numbers, file]) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([new Uint8Array(numbers)], file));
      return transfer;
    }, [[...bytes], name]);
    await page.dispatchEvent('#source', 'drop', { dataTransfer: data });
  };
  await dropped(Buffer.from(catalog('Park benches')), 'data.json');
  await finding('missing-description').waitFor();
  assert.match(await source().inputValue(), /Park benches/);
  await dropped(Buffer.from(`\ufeff${catalog('Bus stops')}`, 'utf16le'), 'data.json');
  await page.waitForFunction(() => document.getElementById('source').value.includes('Bus stops'));
  await finding('missing-description').waitFor();
});

test('judges a file too long to be edited', async () => {
  const text = catalog(...Array.from({ length: 9000 }, (_, n) => `Street trees ${n}`));
  assert.ok(text.length > 1_000_000);
  await page.locator('#file').setInputFiles({ name: 'catalog.json', mimeType: 'application/json', buffer: Buffer.from(text) });
  await marks().first().waitFor();
  assert.match(await page.locator('#large').innerText(), /catalog\.json, 1\.\d MB/);
  assert.ok(await source().isHidden());
  await page.locator('#clear').click();
  assert.ok(await source().isVisible());
});

test('has an example that reads as a real record', async () => {
  await page.locator('#example').click();
  await marks().first().waitFor();
  assert.match(await source().inputValue(), /Street Tree Inventory/);
  assert.ok(await page.locator('.finding').count() > 2);
  assert.ok(await page.locator('.item[data-outcome="pass"]').count() > 2);
  assert.match(await page.locator('#understood').innerText(), /^Read as a Socrata dataset, in /);
});

test('judges a large record again between two keystrokes', async (t) => {
  const record = JSON.parse(await readFile(join(FOLDER, 'demo/example.json'), 'utf8'));
  const columns = record.columns;
  for (let n = 0; JSON.stringify(record, null, 2).length < 100_000; n += 1) {
    record.columns.push({ ...columns[n % 8], id: 500_000 + n, name: `${columns[n % 8].name} ${n}`, fieldName: `field_${n}` });
  }
  const times = await page.evaluate(async (text) => {
    const { check, init } = await import('../pkg/index.js');
    await init();
    return Array.from({ length: 200 }, (_, n) => {
      const typed = text.replace('Trees along', `Trees ${n} along`);
      const started = performance.now();
      check(typed, { as_of: '2026-11-25' });
      return performance.now() - started;
    });
  }, JSON.stringify(record, null, 2));
  const late = times.slice(20).sort((a, b) => a - b)[Math.floor(0.95 * 180)];
  t.diagnostic(`95 of 100 times within ${late.toFixed(1)} ms`);
  assert.ok(late < 100, `${late} ms`);
});

test('says what is wrong when the module cannot be loaded', async () => {
  await page.route('**/datasteward_bg.wasm', (route) => route.abort());
  await page.reload();
  await page.getByText('This page could not start').waitFor();
  await page.unroute('**/datasteward_bg.wasm');
});

test('praises shortly when there is nothing to mend, and says what could not be told', async () => {
  const judged = async (outcomes) => {
    await page.route('**/pkg/index.js', (route) => route.fulfill({ contentType: 'text/javascript', body: `
      const outcomes = ${JSON.stringify(outcomes)};
      const area = { score: 1, passed: 1, applicable: 1, unknown: 0 };
      const areas = { consistency: area, accessibility: area, comprehensiveness: area, trustworthiness: area, interest: area };
      const items = ['C1', 'C2', 'C3', 'A4', 'M5', 'M6', 'T7', 'T8', 'I9', 'I10'].map((item, n) => ({ item, outcome: outcomes[n] ?? 'pass', reason: null, rules: [] }));
      export const init = async () => {};
      export const check = (input, { name }) => ({ documents: [{ name, format: 'native', records: 1 }], datasets: [{ title: 'Street trees', items, areas }], findings: [] });` }));
    await page.reload();
    await page.locator('#result[data-ready]').waitFor();
    await source().fill('{}');
    await marks().first().waitFor();
    await page.unroute('**/pkg/index.js');
    return page.locator('#verdict, #aside').allInnerTexts();
  };
  assert.deepEqual(await judged([]), ['All ten items are in order', '“Street trees”.']);
  assert.deepEqual(await judged(['not-applicable', 'unknown']), ['Nothing to mend', '“Street trees”. One item cannot be told from this file.']);
  assert.deepEqual(await judged(['unknown', 'unknown', 'fail']), ['One of ten items to mend', '“Street trees”. Two items cannot be told from this file.']);
});

test('fits a phone', async () => {
  await page.setViewportSize({ width: 360, height: 740 });
  await source().fill(catalog(HOSTILE, `Street_tree_inventory_${'x'.repeat(200)}`));
  await marks().first().waitFor();
  assert.equal(await sideways(), 0);
  await page.locator('#dataset').selectOption('1');
  assert.equal(await sideways(), 0);
});

for (const colorScheme of ['light', 'dark']) {
  test(`can be read in the ${colorScheme} scheme`, async () => {
    await page.emulateMedia({ colorScheme });
    await page.locator('#example').click();
    await page.locator('.finding').first().waitFor();
    const weak = await page.evaluate(() => {
      const light = (color) => {
        const [r, g, b] = color.match(/[\d.]+/g).slice(0, 3).map((part) => part / 255).map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
      };
      const ground = (node) => {
        for (let at = node; at; at = at.parentElement) {
          const color = getComputedStyle(at).backgroundColor;
          if (!color.endsWith(', 0)')) return color;
        }
        return 'rgb(255, 255, 255)';
      };
      const own = (node) => [...node.childNodes].some((child) => child.nodeType === Node.TEXT_NODE && child.data.trim() !== '');
      return [...document.body.querySelectorAll('*')].filter((node) => own(node) && node.tagName !== 'NOSCRIPT').map((node) => {
        const [low, high] = [light(getComputedStyle(node).color), light(ground(node))].sort((a, b) => a - b);
        return [node.className || node.tagName, (high + 0.05) / (low + 0.05)];
      }).filter(([, contrast]) => contrast < 4.5);
    });
    await page.emulateMedia({ colorScheme: null });
    assert.deepEqual(weak, []);
  });
}
