// The page: what is typed goes to the worker after a short pause; what comes back is laid out as ten marks
// and a list of findings. Everything that comes from the metadata reaches the page as text, never as markup.

const PAUSE = 200; // milliseconds without a keystroke
const LONGEST_TEXT = 1_000_000; // bytes; a longer file is judged without being shown
const MOST_FINDINGS = 40;
const MOST_DATASETS = 500;

// The five areas and ten items, in the checklist's order: the words beside a mark, and what they ask.
const AREAS = [
  ['consistency', 'Consistency', {
    C1: ['One parent dataset', 'It is whole, not one year or slice of many.'],
    C2: ['Required metadata', 'Title, description, owner and license say something.'],
    C3: ['Refresh rate kept', 'It says how often it is updated, and it is.'],
  }],
  ['accessibility', 'Accessibility', {
    A4: ['Usable format', 'Its data can be got, in a format people can open.'],
  }],
  ['comprehensiveness', 'Comprehensiveness', {
    M5: ['Plain field names', 'Each field can be understood, or is described.'],
    M6: ['Units of measure', 'Figures say what they count, and in what.'],
  }],
  ['trustworthiness', 'Trustworthiness', {
    T7: ['Source', 'It says where the data come from.'],
    T8: ['Limits noted', 'It says what the data leave out.'],
  }],
  ['interest', 'Interest', {
    I9: ['Context', 'It says why somebody would want it.'],
    I10: ['Enough data', 'There is enough in it to work with.'],
  }],
];
const OUTCOMES = {
  pass: { mark: '✓', word: 'in order', style: 'pass' },
  fail: { mark: '✗', word: 'to mend', style: 'fail' },
  'not-applicable': { mark: '–', word: 'does not apply', style: 'na' },
  unknown: { mark: '?', word: 'cannot be told', style: 'unknown' },
};
// How a format is called in a sentence; an unknown one keeps its id.
const FORMATS = {
  native: 'a datasteward record',
  'socrata-view': 'a Socrata dataset',
  'socrata-discovery': 'a Socrata catalogue',
  'dcat-us-1.1': 'a data.json (DCAT-US 1.1)',
};
// The gravest first; findings of one severity keep the checklist's order.
const SEVERITIES = { error: 'error', warning: 'warning', info: 'note' };

const at = (id) => document.getElementById(id);
const source = at('source');
const day = at('day');

const worker = new Worker('worker.js', { type: 'module' });
let loaded = false;
let busy = false; // the worker is judging
let waiting = false; // what stands in the editor has changed since
let timer;
let large = null; // { name, bytes }: a file too long for the editor
let report = null;
let chosen = 0; // the dataset shown

// ---- what is judged ------------------------------------------------------------------------------------

function input() {
  return large ? large.bytes : source.value;
}

function judgeSoon() {
  clearTimeout(timer);
  timer = setTimeout(judge, PAUSE);
}

function judge() {
  clearTimeout(timer);
  at('clear').hidden = !large && source.value === '';
  if (!loaded || busy) {
    waiting = true;
    return;
  }
  waiting = false;
  if (!large && source.value.trim() === '') {
    report = null;
    showEmpty();
    return;
  }
  busy = true;
  at('result').setAttribute('aria-busy', 'true');
  const options = { name: large?.name ?? 'this record' };
  if (day.value) options.as_of = day.value;
  worker.postMessage({ input: input(), options });
}

worker.onmessage = ({ data }) => {
  if (data.ready) {
    loaded = true;
    at('result').dataset.ready = '';
    judge();
    return;
  }
  if (data.broken) {
    showBroken();
    return;
  }
  busy = false;
  at('result').removeAttribute('aria-busy');
  if (waiting) {
    judge();
  }
  // A result that was overtaken by an emptied editor has nothing to stand beside.
  if (!large && source.value.trim() === '') return;
  if (data.error) {
    showRefused(data.error);
    return;
  }
  report = data.report;
  chosen = Math.min(chosen, Math.max(0, report.datasets.length - 1));
  show(data.took);
};

worker.onerror = (event) => {
  event.preventDefault();
  showBroken();
};

// ---- states --------------------------------------------------------------------------------------------

function blank(verdict, aside) {
  at('verdict').textContent = verdict;
  at('verdict').className = '';
  at('aside').textContent = aside;
  at('picker').hidden = true;
  at('checklist').replaceChildren();
  at('findings').replaceChildren();
  at('more').hidden = true;
}

function showEmpty() {
  blank('Ten things a reader needs', 'Paste a record, drop a file, or use the example to see how it reads.');
  at('understood').textContent = 'Files dropped here are read by this page alone and sent nowhere.';
  at('checklist').replaceChildren(...AREAS.map((area) => areaRow(area, null)));
}

function showBroken() {
  blank('This page could not start', 'Its module did not load. Open it through a web server, in a browser from 2023 or later, and reload.');
  at('verdict').className = 'fail';
}

function showRefused(sentence) {
  blank('This could not be judged', plain(sentence));
  at('verdict').className = 'fail';
}

function show(took) {
  const { datasets, documents, findings } = report;
  at('understood').textContent = understood(documents[0], took);
  if (datasets.length === 0) {
    blank('No dataset could be read here', 'The ten items appear as soon as the text can be understood.');
    at('verdict').className = 'fail';
    showFindings(findings);
    return;
  }
  const dataset = datasets[chosen];
  const mine = findings.filter((finding) => finding.dataset === chosen || finding.dataset === null);
  const [verdict, aside, style] = judgement(dataset, mine);
  at('verdict').textContent = verdict;
  at('verdict').className = style;
  at('aside').textContent = aside;
  showPicker(datasets);
  at('checklist').replaceChildren(...AREAS.map((area) => areaRow(area, dataset)));
  showFindings(mine);
}

function understood(file, took) {
  const read = file?.format ? `Read as ${FORMATS[file.format] ?? plain(file.format)}` : 'The format could not be told';
  const records = file?.records > 1 ? `, ${file.records.toLocaleString('en')} records` : '';
  return `${read}${records}, in ${took < 1 ? 'under 1' : Math.round(took).toLocaleString('en')} ms.`;
}

function judgement(dataset, findings) {
  const count = (outcome) => dataset.items.filter((item) => item.outcome === outcome).length;
  const untold = count('unknown');
  const rest = untold === 0 ? '' : untold === 1 ? 'One item cannot be told from this file.' : `${number(untold)} items cannot be told from this file.`;
  const title = dataset.title ? `“${plain(shorten(dataset.title, 90))}”. ` : '';
  if (count('fail') === 0) {
    const all = untold === 0 ? 'All ten items are in order' : 'Nothing to mend';
    const remarks = findings.length === 0 ? '' : ' Some remarks all the same:';
    return [all, `${title}${rest}${remarks}`.trim(), 'pass'];
  }
  const failed = count('fail');
  return [`${number(failed)} of ten items to mend`, `${title}${rest}`.trim(), ''];
}

function number(n) {
  return ['None', 'One', 'Two', 'Three', 'Four', 'Five', 'Six', 'Seven', 'Eight', 'Nine', 'Ten'][n] ?? String(n);
}

function showPicker(datasets) {
  at('picker').hidden = datasets.length < 2;
  if (datasets.length < 2) return;
  const options = datasets.slice(0, MOST_DATASETS).map((dataset, index) => {
    const option = element('option', '', `${index + 1}. ${plain(shorten(dataset.title ?? dataset.id ?? 'without a title', 70))}`);
    option.value = String(index);
    return option;
  });
  at('dataset').replaceChildren(...options);
  at('dataset').value = String(chosen);
}

// ---- the checklist -------------------------------------------------------------------------------------

function areaRow([key, title, items], dataset) {
  const row = element('section', 'area');
  const head = element('h3', '', title);
  row.append(head);
  const area = dataset?.areas[key];
  if (area) row.append(areaBar(area));
  const list = element('ul', 'items');
  for (const [code, words] of Object.entries(items)) {
    const item = dataset?.items.find((one) => one.item === code);
    list.append(item ? judgedRow(code, words, item) : askedRow(code, words));
  }
  row.append(list);
  return row;
}

function areaBar({ score }) {
  const figure = element('p', 'figure', score === null ? 'nothing to count' : `${Math.round(score * 100)}\u00a0%`);
  if (score === null) return figure;
  const bar = element('span', 'meter');
  bar.setAttribute('aria-hidden', 'true');
  const fill = element('span', 'fill');
  fill.style.width = `${Math.round(score * 100)}%`;
  bar.append(fill);
  figure.prepend(bar);
  return figure;
}

function askedRow(code, [words, question]) {
  const row = element('li', 'item asked');
  row.dataset.item = code;
  row.append(element('span', 'words', words), element('span', 'question', question));
  return row;
}

function judgedRow(code, [words], item) {
  const { mark, word, style } = OUTCOMES[item.outcome] ?? OUTCOMES.unknown;
  const row = element('li', 'item');
  row.dataset.item = code;
  row.dataset.outcome = item.outcome;
  row.append(element('span', `mark ${style}`, mark), element('span', 'words', words), verdictOf(item, word, style));
  return row;
}

// What is to be mended leads to its finding, when that one is shown.
function verdictOf(item, word, style) {
  const shown = report.findings.some(({ dataset, rule }) => dataset === chosen && item.rules.includes(rule));
  if (item.outcome !== 'fail' || !shown) return element('span', `word ${style}`, word);
  const button = element('button', `word ${style}`, word);
  button.type = 'button';
  button.addEventListener('click', () => {
    const rows = [...document.querySelectorAll('.finding')];
    rows.find((row) => item.rules.includes(row.dataset.rule))?.scrollIntoView({ block: 'start' });
  });
  return button;
}

// ---- the findings --------------------------------------------------------------------------------------

function showFindings(findings) {
  const order = Object.keys(SEVERITIES);
  const gravest = findings.toSorted((a, b) => order.indexOf(a.severity) - order.indexOf(b.severity));
  at('findings').replaceChildren(...gravest.slice(0, MOST_FINDINGS).map(findingRow));
  const over = findings.length - MOST_FINDINGS;
  at('more').hidden = over <= 0;
  at('more').textContent = `and ${over.toLocaleString('en')} more`;
}

function findingRow(finding) {
  const row = element('li', 'finding');
  row.dataset.rule = finding.rule;
  const head = element('h3', '');
  head.append(element('span', `severity ${finding.severity}`, SEVERITIES[finding.severity] ?? finding.severity), ' ', sentence(finding.message));
  row.append(head);
  // What the message quotes whole need not stand there twice.
  if (finding.evidence && !finding.message.includes(`\`${finding.evidence}\``)) {
    const quote = element('p', 'evidence');
    quote.append(text(shorten(finding.evidence, 240), 'code'));
    row.append(quote);
  }
  row.append(wrap('p', 'why', sentence(finding.why)), wrap('p', 'how', sentence(finding.how)));
  const foot = element('p', 'foot');
  const place = finding.locations[0];
  if (place) foot.append(placeOf(place));
  foot.append(element('span', 'rule', finding.rule));
  row.append(foot);
  return row;
}

function placeOf(place) {
  const words = place.line === null ? place.pointer || 'the whole document' : `line ${place.line.toLocaleString('en')}, column ${place.column?.toLocaleString('en')}`;
  if (large || place.start === null) return element('span', 'place', plain(words));
  const button = element('button', 'place', words);
  button.type = 'button';
  button.addEventListener('click', () => moveTo(place.start, place.end ?? place.start));
  return button;
}

function moveTo(start, end) {
  // A field scrolls to its caret when it gains focus, not when the caret is moved.
  source.blur();
  source.setSelectionRange(start, start);
  source.focus();
  source.setSelectionRange(start, end);
}

// ---- text that came from outside -----------------------------------------------------------------------

function element(name, style = '', words = '') {
  const made = document.createElement(name);
  if (style) made.className = style;
  if (words) made.textContent = words;
  return made;
}

function wrap(name, style, child) {
  const made = element(name, style);
  made.append(child);
  return made;
}

// Isolated, so that text written from right to left cannot reorder what stands around it.
function text(words, name = 'bdi') {
  const made = element(name, '', plain(words ?? ''));
  made.dir = 'auto';
  return made;
}

// A sentence of the report: what it quotes stands between back quotes.
function sentence(words) {
  const parts = words.split('`');
  // A back quote that has no partner is one of the quoted text's own.
  if (parts.length % 2 === 0) return text(words);
  const made = document.createElement('bdi');
  made.dir = 'auto';
  made.append(...parts.map((part, n) => (n % 2 === 0 ? plain(part) : text(part, 'code'))));
  return made;
}

// Characters that have no shape of their own, or that turn the direction of what follows, by their number.
function plain(words) {
  return words.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff]/g, (sign) => `[U+${sign.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}]`);
}

function shorten(words, most) {
  const signs = Array.from(words);
  return signs.length <= most ? words : `${signs.slice(0, most - 1).join('')}…`;
}

// ---- bringing metadata in ------------------------------------------------------------------------------

function put(words) {
  large = null;
  source.hidden = false;
  at('large').hidden = true;
  source.value = words;
  source.setSelectionRange(0, 0);
  source.scrollTop = 0;
  chosen = 0;
  judge();
}

async function take(file) {
  if (!file) return;
  try {
    const bytes = new Uint8Array(await file.arrayBuffer());
    if (bytes.length <= LONGEST_TEXT) {
      put(decode(bytes));
      return;
    }
    large = { name: file.name, bytes };
    source.value = '';
    source.hidden = true;
    at('large').hidden = false;
    at('large').textContent = `${plain(file.name)}, ${(bytes.length / 1e6).toFixed(1)} MB. It is too long to be edited here; what a reader will stumble over is listed all the same.`;
    chosen = 0;
    judge();
  } catch {
    showRefused('The file could not be read. If it is a folder, drop one of the files in it.');
  }
}

function decode(bytes) {
  const [a, b] = bytes;
  const encoding = a === 0xff && b === 0xfe ? 'utf-16le' : a === 0xfe && b === 0xff ? 'utf-16be' : 'utf-8';
  return new TextDecoder(encoding).decode(bytes);
}

source.addEventListener('input', judgeSoon);
source.addEventListener('paste', () => setTimeout(judge));
day.addEventListener('change', judge);
at('dataset').addEventListener('change', ({ target }) => {
  chosen = Number(target.value);
  show(0);
});
at('clear').addEventListener('click', () => {
  put('');
  source.focus();
});
at('open').addEventListener('click', () => at('file').click());
at('file').addEventListener('change', ({ target }) => {
  take(target.files[0]);
  target.value = '';
});
at('example').addEventListener('click', async () => {
  const answer = await fetch('example.json');
  if (answer.ok) put(await answer.text());
});

// A file dropped beside the editor would otherwise replace the page.
for (const name of ['dragenter', 'dragover', 'drop']) {
  document.addEventListener(name, (event) => event.preventDefault());
}
document.addEventListener('dragover', () => at('editor').classList.add('target'));
document.addEventListener('dragleave', ({ relatedTarget }) => {
  if (relatedTarget === null) at('editor').classList.remove('target');
});
document.addEventListener('drop', ({ dataTransfer }) => {
  at('editor').classList.remove('target');
  const [file] = dataTransfer.files;
  if (file) take(file);
  else if (dataTransfer.getData('text/plain')) put(dataTransfer.getData('text/plain'));
});

const now = new Date();
day.value = `${now.getFullYear()}-${String(now.getMonth() + 1).padStart(2, '0')}-${String(now.getDate()).padStart(2, '0')}`;
