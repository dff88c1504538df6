// The browser package's door of the parity test: reads cases, answers with the engine's text for each, and
// with what the public function makes of the same case.
//
// Standard input holds [{files, verb, options, data}]; standard output gets [{text, report}].

import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';

import { Documents } from '../../bindings/wasm/pkg/datasteward.js';
import { check, fix, init, inspect } from '../../bindings/wasm/pkg/index.js';

await init();

async function answer({ files, verb, options, data }) {
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
  const [[name, input]] = inputs;
  const text = JSON.stringify(options);
  if (verb === 'fix') {
    return { text: documents.fix(text, true, []), report: fix(input, { ...options, name, unsafe: true }) };
  }
  if (data !== null) {
    const beside = { data: await readFile(data), data_name: basename(data) };
    return { text: documents.checkWithData(text, beside.data_name, beside.data), report: check(input, { ...options, name, ...beside }) };
  }
  const ask = verb === 'inspect' ? inspect : check;
  const report = inputs.size === 1 ? ask(input, { ...options, name }) : ask(inputs, options);
  return { text: documents[verb === 'inspect' ? 'inspect' : 'check'](text), report };
}

const parts = [];
for await (const part of process.stdin) parts.push(part);
const answers = [];
for (const one of JSON.parse(Buffer.concat(parts))) answers.push(await answer(one));
process.stdout.write(JSON.stringify(answers));
