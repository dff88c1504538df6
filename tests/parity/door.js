// The browser package's door of the parity test: reads cases, answers with the engine's text for each, and
// with what the public function makes of the same case.
//
// Standard input holds [{files, verb, options}]; standard output gets [{text, report}].

import { readFile } from 'node:fs/promises';

import { Documents } from '../../bindings/wasm/pkg/datasteward.js';
import { check, init, inspect } from '../../bindings/wasm/pkg/index.js';

await init();

async function answer({ files, verb, options }) {
  const inputs = new Map();
  const documents = new Documents();
  for (const file of files) {
    const bytes = await readFile(file);
    if (verb === 'check value') {
      const value = JSON.parse(bytes);
      documents.value(file, JSON.stringify(value));
      inputs.set(file, value);
    } else {
      documents.bytes(file, bytes);
      inputs.set(file, bytes);
    }
  }
  const ask = verb === 'inspect' ? inspect : check;
  const text = documents[verb === 'inspect' ? 'inspect' : 'check'](JSON.stringify(options));
  const [[name, input]] = inputs;
  const report = inputs.size === 1 ? ask(input, { ...options, name }) : ask(inputs, options);
  return { text, report };
}

const parts = [];
for await (const part of process.stdin) parts.push(part);
const answers = [];
for (const one of JSON.parse(Buffer.concat(parts))) answers.push(await answer(one));
process.stdout.write(JSON.stringify(answers));
