// Not run: what a type checker must understand of the public functions.

import { check, explain, init, inspect, render, rules } from '../pkg/index.js';
import type { Finding, Options, Report } from '../pkg/index.js';

await init();
await init(new URL('datasteward_bg.wasm', import.meta.url));

const options: Options = { as_of: new Date(), profile: 'la', ignore: ['unit-missing'], severity: { 'C3-03': 'info' } };
const report: Report = check('{}', options);
check(new Uint8Array());
check({ title: 'Street trees' });

const first: Finding | undefined = report.findings[0];
const line: number | null | undefined = first?.locations[0]?.line;
const score: number | null = report.summary.areas.consistency.score;
const outcome: 'pass' | 'fail' | 'not-applicable' | 'unknown' | undefined = report.datasets[0]?.items[0]?.outcome;
const text: string = render(report, 'html') + render(report);
const pages: Record<string, unknown>[] = rules().map((rule) => explain(String(rule['id'])));
const files: string[] = inspect('{}').map((understood) => understood.file);
export { line, score, outcome, text, pages, files };

// @ts-expect-error a number is no metadata
check(7);
// @ts-expect-error there is no such option
check('{}', { today: '2026-11-25' });
// @ts-expect-error there is no such form
render(report, 'hologram');
