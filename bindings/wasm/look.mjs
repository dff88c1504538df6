import { chromium } from 'playwright-core';
const [,, url, out, width, height, media, scheme, full] = process.argv;
const b = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] });
const p = await b.newPage({ viewport: { width: +width, height: +height }, colorScheme: scheme || 'light' });
await p.goto(url); await p.waitForTimeout(600);
if (media === 'pdf') { await p.pdf({ path: out, format: 'A4' }); }
else {
  if (media && media !== 'screen') await p.evaluate((s) => document.querySelector(s)?.scrollIntoView(), media);
  await p.waitForTimeout(200);
  await p.screenshot({ path: out, fullPage: full === 'full' });
}
await b.close();
