// The functions people call. Each sorts out what it was given, hands text or bytes to the engine in the
// WebAssembly module, and turns the JSON text that comes back into plain objects. Nothing is judged here.

import load, { Documents, explain as explainRule, render as renderReport, rules as listRules } from './datasteward.js';

const UNNAMED = 'input';

let loading;
let ready = false;

/** Loads the module; the other functions work once this has settled. Calling it again does no harm. */
export function init(module) {
  loading ??= start(module).catch((error) => {
    loading = undefined;
    throw error;
  });
  return loading;
}

async function start(module) {
  const place = module ?? new URL('./datasteward_bg.wasm', import.meta.url);
  const source = place instanceof URL && place.protocol === 'file:' ? readFile(place) : place;
  await load({ module_or_path: await source });
  ready = true;
}

// Node cannot fetch a file; browsers have no file to read.
async function readFile(url) {
  const { readFile: read } = await import(/* @vite-ignore */ /* webpackIgnore: true */ 'node:fs/promises');
  return read(url);
}

/** Judges metadata and returns a report. */
export function check(input, { data, data_name = 'data', ...options } = {}) {
  if (data === undefined || data === null) return ask(input, options, 'check');
  return ask(input, options, 'checkWithData', String(data_name), asBytes(data));
}

/** Says what was understood of each dataset. */
export function inspect(input, options = {}) {
  return ask(input, options, 'inspect');
}

/** Puts the safe fixes of findings into the text of one document. */
export function fix(input, { unsafe = false, rules: only = [], name = UNNAMED, ...options } = {}) {
  needModule();
  if (input instanceof Map) throw new TypeError('Fixes go into one document; these are several.');
  const documents = new Documents();
  try {
    add(documents, name, input);
    return JSON.parse(documents.fix(JSON.stringify(complete(options)), Boolean(unsafe), [...only]));
  } finally {
    documents.free();
  }
}

/** A rule, by name or code, with its page. */
export function explain(rule) {
  needModule();
  return JSON.parse(explainRule(String(rule)));
}

/** Every rule. */
export function rules() {
  needModule();
  return JSON.parse(listRules());
}

/** A report in a form for people, or as a table; `Form` in the types lists them. */
export function render(report, form = 'text') {
  needModule();
  return renderReport(typeof report === 'string' ? report : JSON.stringify(report), form);
}

function ask(input, options, verb, ...more) {
  needModule();
  const { name = UNNAMED, ...rest } = options;
  const documents = new Documents();
  try {
    for (const [called, one] of input instanceof Map ? input : [[name, input]]) add(documents, String(called), one);
    return JSON.parse(documents[verb](JSON.stringify(complete(rest)), ...more));
  } finally {
    documents.free();
  }
}

function asBytes(data) {
  if (typeof data === 'string') return new TextEncoder().encode(data);
  if (data instanceof Uint8Array) return data;
  if (data instanceof ArrayBuffer) return new Uint8Array(data);
  throw new TypeError(`Give data as text or a Uint8Array; this is ${typeof data}.`);
}

function add(documents, name, input) {
  if (typeof input === 'string') {
    documents.text(name, input);
  } else if (input instanceof Uint8Array) {
    documents.bytes(name, input);
  } else if (input instanceof ArrayBuffer) {
    documents.bytes(name, new Uint8Array(input));
  } else if (typeof input === 'object' && input !== null) {
    documents.value(name, JSON.stringify(input));
  } else {
    throw new TypeError(`Give text, a Uint8Array or an object; this is ${input === null ? 'null' : typeof input}.`);
  }
}

// The engine never asks for the time, so the day is put in here; editors count in UTF-16.
function complete({ as_of = today(), offsets = 'utf16', ...rest }) {
  return { as_of: as_of instanceof Date ? day(as_of) : as_of, offsets, ...rest };
}

function today() {
  return day(new Date());
}

function day(date) {
  const two = (number) => String(number).padStart(2, '0');
  return `${String(date.getFullYear()).padStart(4, '0')}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

function needModule() {
  if (!ready) {
    throw new Error('The module is not loaded yet: await init() first.');
  }
}
