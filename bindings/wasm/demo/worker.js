// Judges off the page's own thread, so that typing never waits.

import { check, init } from '../pkg/index.js';

// The first judgement also builds the word lists; done on nothing, so that a reader does not wait for it.
const ready = init().then(() => check('{"datasteward": "1", "title": "Trees", "columns": [{"name": "height"}]}'));

self.onmessage = async ({ data: { input, options } }) => {
  try {
    await ready;
    const started = performance.now();
    const report = check(input, options);
    self.postMessage({ report, took: performance.now() - started });
  } catch (error) {
    self.postMessage({ error: String(error?.message ?? error) });
  }
};

ready.then(
  () => self.postMessage({ ready: true }),
  (error) => self.postMessage({ broken: String(error?.message ?? error) }),
);
