// The browser package's door of the parity test: reads cases, answers with the engine's text for each, and
// with what the public function makes of the same case.
//
// Standard input holds [{file, verb, options}]; standard output gets [{text, report}].

import { readFile } from 'node:fs/promises';

import { Documents } from '../../bindings/wasm/pkg/datasteward.js';
import { check, init, inspect } from '../../bindings/wasm/pkg/index.js';

await init();

async function answer({ file, verb, options }) {
  const bytes = await readFile(file);
  const documents = new Documents();
  if (verb === 'check value') {
    const value = JSON.parse(bytes);
    documents.value(file, JSON.stringify(value));
    return { text: documents.check(JSON.stringify(options)), report: check(value, { ...options, name: file }) };
  }
  documents.bytes(file, bytes);
  const ask = verb === 'inspect' ? inspect : check;
  return { text: documents[verb](JSON.stringify(options)), report: ask(bytes, { ...options, name: file }) };
}

const parts = [];
for await (const part of process.stdin) parts.push(part);
const answers = [];
for (const one of JSON.parse(Buffer.concat(parts))) answers.push(await answer(one));
process.stdout.write(JSON.stringify(answers));
