// Our own pages in a real browser: how fast a large dashboard opens, and what hostile words in it cannot do.

import assert from 'node:assert/strict';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, beforeEach, test } from 'node:test';
import { pathToFileURL } from 'node:url';

import { chromium } from 'playwright-core';

const PAGES = process.env.PAGES;
const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];
const WIDE = { width: 1280, height: 800 };

let context, profile, page, asked, complaints;

async function browser(more = {}) {
  profile = await mkdtemp(join(tmpdir(), 'datasteward-own-'));
  context = await chromium.launchPersistentContext(profile, { executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: FLAGS, viewport: WIDE, ...more });
  page = context.pages()[0] ?? await context.newPage();
  page.on('request', (request) => asked.push(request.url()));
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  page.on('dialog', (dialog) => { complaints.push(dialog.message()); dialog.dismiss(); });
}

async function closed() {
  await context?.close();
  await rm(profile, { recursive: true, force: true, maxRetries: 5 });
}

before(() => browser());
after(closed);

beforeEach(async () => {
  asked = [];
  complaints = [];
  await page.setViewportSize(WIDE);
});

const address = (name) => pathToFileURL(join(PAGES, name)).href;
const site = (name) => pathToFileURL(join(process.env.BOOK, name)).href;
const sideways = () => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

test('opens a dashboard of 6,000 datasets while one waits', async (t) => {
  const { size } = await stat(join(PAGES, 'large.html'));
  t.diagnostic(`${(size / 1e6).toFixed(1)} MB`);
  assert.ok(size < 15_000_000, `${size} bytes`);
  const times = [];
  for (let n = 0; n < 3; n += 1) {
    const started = performance.now();
    await page.goto(address('large.html'));
    await page.locator('#search:not([hidden])').waitFor();
    // Two frames: the first screen is painted.
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    times.push(performance.now() - started);
  }
  const best = Math.min(...times);
  t.diagnostic(`open in ${times.map((time) => time.toFixed(0)).join(', ')} ms`);
  // 2 s on a machine that has nothing else to do; a busy one must not fail for it.
  assert.ok(best < 6000, `${best} ms`);
  assert.equal(await page.locator('details.set').count(), 6000);
});

test('finds, filters and explains in a large dashboard', async (t) => {
  await page.goto(address('large.html'));
  const started = performance.now();
  await page.locator('#words').fill('applications');
  await page.waitForFunction(() => / of 6000 datasets/.test(document.getElementById('count').textContent));
  t.diagnostic(`found in ${(performance.now() - started).toFixed(0)} ms`);
  await page.locator('#words').fill('');
  await page.locator('#fault').selectOption({ index: 3 });
  await page.waitForFunction(() => / of 6000 datasets/.test(document.getElementById('count').textContent));
  const set = page.locator('details.set:not([hidden])').first();
  await set.locator('summary').click();
  await set.locator('.found em').first().waitFor();
  for (const found of await set.locator('.found li').all()) {
    assert.match(await found.innerText(), /→ \S/);
  }
  assert.deepEqual(complaints, []);
});

test('shows hostile words as text and runs none of them', async () => {
  await page.goto(address('hostile.html'));
  await page.evaluate(() => document.querySelectorAll('details').forEach((one) => { one.open = true; }));
  // What an error handler or a late script would do is done by then.
  await page.waitForTimeout(300);
  assert.equal(await page.evaluate(() => window.hurt), undefined);
  assert.equal(page.url(), address('hostile.html'));
  assert.deepEqual(asked, [address('hostile.html')]);
  assert.deepEqual(complaints, []);
  assert.equal(await page.locator('script').count(), 1);
  assert.equal(await page.locator('style').count(), 1);
  for (const element of ['img', 'iframe', 'base', 'object', 'embed', 'form', 'link', 'meta[http-equiv=refresh]', 'svg[onload]']) {
    assert.equal(await page.locator(element).count(), 0, element);
  }
  const targets = await page.evaluate(() => [...document.querySelectorAll('a')].map((link) => link.getAttribute('href')));
  assert.ok(targets.length > 20);
  assert.deepEqual(targets.filter((target) => !/^#[\w-]+$/.test(target)), []);
  const handlers = await page.evaluate(() => [...document.querySelectorAll('*')].flatMap((one) => [...one.attributes]).filter(({ name }) => name.startsWith('on') || name === 'style').length);
  assert.equal(handlers, 0);
  const words = await page.locator('body').evaluate((body) => body.textContent);
  for (const said of ['<img src=x onerror="window.hurt=1">', '</script><script>window.hurt=1</script>', '=HYPERLINK(', 'Over time', 'Known and left as it is', 'What people ask for']) {
    assert.ok(words.includes(said), said);
  }
  assert.doesNotMatch(words, /[\u202a-\u202e\u2066-\u2069\u001b]/);
});

for (const name of ['large.html', 'hostile.html', 'guide.html']) {
  test(`${name} can be read on a telephone and printed`, async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    await page.goto(address(name));
    assert.ok(await sideways() <= 0, `${await sideways()} px too wide`);
    if (name !== 'large.html') {
      await page.emulateMedia({ media: 'print' });
      assert.ok((await page.pdf({ format: 'A4' })).length > 10_000);
      await page.emulateMedia({ media: null });
    }
    assert.deepEqual(complaints, []);
  });
}

for (const [portal, head] of [['Socrata', 'Start with Socrata'], ['ArcGIS Online and Hub', 'Start with ArcGIS'], ['CKAN', 'Start with CKAN'], ['A data.json', 'Start with a data.json']]) {
  test(`a newcomer to the site starts with ${portal} in two clicks`, async () => {
    await page.goto(site('index.html'));
    await page.locator('main').getByRole('link', { name: portal, exact: true }).click();
    await page.locator('main h1').filter({ hasText: head }).waitFor();
    // On from there to the rules: nobody is at a dead end.
    await page.locator('main').getByRole('link', { name: 'All rules' }).click();
    await page.locator('main h1').filter({ hasText: 'Rules' }).waitFor();
    assert.deepEqual(asked.filter((url) => !url.startsWith('file:')), []);
    assert.deepEqual(complaints, []);
  });
}

test('the site can be read on a telephone, and leads to the guide and a dashboard', async () => {
  await page.setViewportSize({ width: 390, height: 844 });
  for (const name of ['index.html', 'checklist.html', 'start/ckan.html', 'rules/index.html', 'rules/refresh-overdue.html']) {
    await page.goto(site(name));
    assert.ok(await sideways() <= 0, `${name} is ${await sideways()} px too wide`);
  }
  for (const [link, head] of [['The guide as one booklet', /guide/i], ['a dashboard', /./]]) {
    await page.goto(site('index.html'));
    await page.locator('main').getByRole('link', { name: link }).click();
    assert.match(await page.locator('h1').first().innerText(), head);
  }
  assert.deepEqual(complaints, []);
});

test('says everything but the search without scripts', async () => {
  await closed();
  await browser({ javaScriptEnabled: false });
  await page.goto(address('hostile.html'));
  assert.ok(await page.getByRole('heading', { name: 'Departments', exact: true }).isVisible());
  assert.ok(await page.locator('.areas td').first().isVisible());
  assert.ok(await page.locator('#search').isHidden());
  await page.locator('details.set summary').first().click();
  assert.ok(await page.locator('.found').first().isVisible());
  await page.locator('.found a').first().click();
  assert.match(page.url(), /#[A-Z]\d+-\d+$/);
});
