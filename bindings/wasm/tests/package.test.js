// The built package as Node sees it.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';

import * as datasteward from '../pkg/index.js';

const { check, explain, fix, init, inspect, render, rules } = datasteward;

// Never closed, so that it is not taken for web-page code and left out of the title.
const HOSTILE = '</script <img src=x onerror=alert(1) \u202e';
const CATALOG = {
  conformsTo: 'https://project-open-data.cio.gov/v1.1/schema',
  dataset: [
    { '@type': 'dcat:Dataset', identifier: 'trees-1', title: 'Street trees', accessLevel: 'public' },
    { '@type': 'dcat:Dataset', identifier: 'trees-2', title: HOSTILE, accessLevel: 'public' },
  ],
};
const TEXT = JSON.stringify(CATALOG, null, 1);
const DAY = { as_of: '2026-11-25', name: 'data.json' };

test('says what to do when the module is not loaded', () => {
  assert.throws(() => check('{}'), /await init\(\) first/);
});

test('can be tried again after a module that is none', async () => {
  await assert.rejects(init(new Uint8Array([1, 2, 3])));
});

test('with the module loaded', async (t) => {
  await init();
  await init();

  await t.test('gives ten items for every dataset', () => {
    const { datasets } = check(TEXT, DAY);
    assert.deepEqual(datasets.map(({ title }) => title), ['Street trees', HOSTILE]);
    for (const { items } of datasets) {
      assert.deepEqual(items.map(({ item }) => item), ['C1', 'C2', 'C3', 'A4', 'M5', 'M6', 'T7', 'T8', 'I9', 'I10']);
    }
  });

  await t.test('finds that a description is missing', () => {
    const found = check(TEXT, DAY).findings.filter(({ rule }) => rule === 'missing-description');
    assert.deepEqual(found.map(({ dataset }) => dataset).sort(), [0, 1]);
    assert.ok(found.every(({ message, why, how }) => message && why && how));
  });

  await t.test('reads text and bytes alike', () => {
    const bytes = new TextEncoder().encode(TEXT);
    assert.deepEqual(check(bytes, DAY), check(TEXT, DAY));
    assert.deepEqual(check(bytes.buffer, DAY), check(TEXT, DAY));
  });

  await t.test('judges several documents in one report', () => {
    const { documents, datasets } = check(new Map([['a.json', TEXT], ['b.json', CATALOG]]), DAY);
    assert.deepEqual(documents.map(({ name }) => name), ['a.json', 'b.json']);
    assert.deepEqual(datasets.map(({ document }) => document), ['a.json', 'a.json', 'b.json', 'b.json']);
  });

  await t.test('gives no lines for values', () => {
    const places = check(CATALOG, DAY).findings.flatMap(({ locations }) => locations);
    assert.ok(places.length > 0);
    assert.ok(places.every(({ line, start }) => line === null && start === null));
  });

  await t.test('counts in UTF-16 unless told otherwise', () => {
    const text = JSON.stringify({ ...CATALOG, description: '\u{1f333}\u{1f333}' }, ['description', 'dataset', 'conformsTo', '@type', 'identifier', 'title', 'accessLevel']);
    const starts = (offsets) => check(text, { ...DAY, ...offsets }).findings.map(({ locations }) => locations[0]?.start ?? null);
    const utf16 = starts({});
    const bytes = starts({ offsets: 'bytes' });
    const moved = utf16.filter((start, index) => start !== null && bytes[index] === start + 4);
    assert.ok(moved.length > 0, `${utf16} and ${bytes}`);
  });

  await t.test('judges by today when no day is given', () => {
    const today = () => new Date().toLocaleDateString('sv');
    const days = [today(), check('{}').as_of, today()];
    assert.ok(days[1] === days[0] || days[1] === days[2]);
    assert.equal(check('{}', { as_of: new Date(2020, 1, 3) }).as_of, '2020-02-03');
  });

  await t.test('reports an unreadable document as a finding', () => {
    const { findings } = check('{"title": ', DAY);
    assert.deepEqual(findings.map(({ rule }) => rule), ['document-unreadable']);
    assert.equal(findings[0].locations[0].line, 1);
  });

  await t.test('answers in words to what is no metadata', () => {
    for (const broken of ['', '<html></html>', '\0'.repeat(100), '['.repeat(10_000), '\ud800']) {
      assert.ok(check(broken, DAY).findings[0].message);
    }
  });

  await t.test('refuses options, rules, forms and inputs it does not know', () => {
    assert.throws(() => check('{}', { as_off: '2026-11-25' }), /as_of/);
    assert.throws(() => explain('no-such-rule'), /no-such-rule/);
    assert.throws(() => render(check('{}'), 'hologram'), /hologram/);
    assert.throws(() => check(7), /this is number/);
    assert.throws(() => check(null), /this is null/);
  });

  await t.test('goes on after a refusal', () => {
    assert.throws(() => check('{}', { as_off: 1 }));
    assert.equal(check(TEXT, DAY).datasets.length, 2);
  });

  await t.test('says what was understood', () => {
    const understood = inspect(TEXT, DAY);
    assert.ok(understood.length > 0);
    for (const key of ['file', 'line', 'pointer', 'format', 'dataset', 'judgements', 'columns']) {
      assert.ok(key in understood[0], key);
    }
  });

  await t.test('puts fixes into a text and leaves the rest', () => {
    const text = '{"datasteward": "1",  "id": "m", "title": "The city\u00e2\u20ac\u2122s maps", "keywords": ["a; b", "c, d, e, f, g"]}';
    const fixed = fix(text, DAY);
    assert.equal(fixed.text, text.replace('\u00e2\u20ac\u2122', '\u2019'));
    assert.deepEqual(fixed.left.map(({ rule, why }) => [rule, why]), [['keywords-joined', 'not-wanted']]);
    assert.match(fix(text, { ...DAY, unsafe: true, rules: ['C2-10'] }).text, /"a", "b", "c", "d", "e", "f", "g"/);
    assert.equal(fix(fixed.text, DAY).text, null);
    assert.throws(() => fix(text, { rules: ['garbled-character'] }), /did you mean/);
    assert.throws(() => fix(new Map(), DAY), TypeError);
  });

  await t.test('holds a record against its data', () => {
    const record = { datasteward: '1', id: 't', title: 'Street trees', columns: [{ name: 'HEIGHT', unit: 'm' }, { name: 'KEEPER' }] };
    const found = (options) => check(record, { ...DAY, ...options }).findings.map(({ rule }) => rule);
    const table = 'HEIGHT,OWNER\n7,city\n8,city\n';
    assert.ok(!found({}).includes('dictionary-out-of-step'));
    assert.ok(found({ data: table }).includes('dictionary-out-of-step'));
    assert.deepEqual(found({ data: new TextEncoder().encode(table) }), found({ data: table }));
    assert.throws(() => check(record, { ...DAY, data: '', data_name: 'trees.csv' }), /trees\.csv.*it is empty/);
    assert.throws(() => check([record, { ...record, id: 'b' }], { ...DAY, data: table }), /2 are described/);
    assert.throws(() => check(record, { ...DAY, data: 7 }), TypeError);
  });

  await t.test('leaves out what is acknowledged', () => {
    const { summary } = check(TEXT, { ...DAY, acknowledge: [{ rule: 'missing-description', reason: 'The office writes them in spring' }] });
    assert.equal(summary.acknowledged, 2);
    assert.equal(summary.acknowledgements[0].state, 'in-use');
  });

  await t.test('lists rules that can be explained', () => {
    assert.ok(rules().length > 0);
    assert.match(explain('missing-description').code, /^C2-/);
  });

  await t.test('renders text, and HTML that is escaped', () => {
    const report = check(TEXT, DAY);
    assert.match(render(report), /Street trees/);
    const html = render(report, 'html');
    assert.match(html, /&lt;img/);
    assert.doesNotMatch(html, /<img|<\/script/);
    assert.match(render(report, 'markdown'), /^# Metadata report/);
    assert.equal(render(report, 'csv').trimEnd().split('\r\n').length, report.findings.length + 1);
    assert.throws(() => render(report, 'sarif'), /there are text, markdown/);
  });
});

test('the package says what it is', async () => {
  const read = (path) => readFile(new URL(path, import.meta.url), 'utf8');
  const description = JSON.parse(await read('../pkg/package.json'));
  assert.match(description.version, /^\d+\.\d+\.\d+$/);
  assert.notEqual(description.version, '0.0.0');
  assert.equal(check('{}').tool.version, description.version);
  for (const file of description.files.filter((file) => !file.startsWith('LICENSE'))) {
    assert.ok((await readFile(new URL(`../pkg/${file}`, import.meta.url))).length > 0, file);
  }
});
