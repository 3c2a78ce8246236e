/**
 * A worker in Firefox. Reads tasks from stdin, one a line, as JSON: `{url, fill}`, the address of a page with a task in a frame (`portal.html`)
 * and how to fill it in (`elements/cases/README.md`). Answers each by a line: `{untouched, filled, submits, errors}`, what the page's drafts held
 * before and after, the answers handed in, and what it reported; or `{failed}`. The first line says `{browser}`.
 *
 * Usage: node drive.mjs FIREFOX
 */
import { createInterface } from 'node:readline';
import puppeteer from 'puppeteer-core';

/** Names of Playwright's, in which cases are written, that are none of Puppeteer's. */
const KEYS = { Space: ' ' };
const MODIFIERS = new Set(['Control', 'Shift', 'Alt', 'Meta']);

const say = (line) => process.stdout.write(`${JSON.stringify(line)}\n`);

/** The element inside `#it` that a selector of a case means: CSS through open shadow roots, one of several by `>> nth=`, itself by `xpath=.`. */
async function find(frame, selector) {
  const [css, nth = '0'] = selector.split(' >> nth=');
  if (css === 'xpath=.') return frame.waitForSelector('#it');
  await frame.waitForSelector(`#it >>> ${css}`);
  return (await frame.$$(`#it >>> ${css}`))[Number(nth)];
}

const ACTS = {
  async click(page, element) {
    await element.click();
  },
  async press(page, element, chord) {
    await element.focus();
    const keys = chord.split('+').map((name) => KEYS[name] ?? name);
    for (const key of keys) await (MODIFIERS.has(key) ? page.keyboard.down(key) : page.keyboard.press(key));
    for (const key of keys.filter((each) => MODIFIERS.has(each))) await page.keyboard.up(key);
  },
  async fill(page, element, text) {
    await element.focus();
    await element.evaluate((field, value) => {
      field.value = value;
      for (const kind of ['input', 'change']) field.dispatchEvent(new Event(kind, { bubbles: true, composed: true }));
    }, text);
  },
};

/** What the page would hand in now, once two looks see the same: pictures and scripts take their time. */
async function draft(page) {
  let last;
  for (;;) {
    const now = await page.evaluate(() => flush());
    if (JSON.stringify(now) === last) return now;
    last = JSON.stringify(now);
    await new Promise((done) => setTimeout(done, 100));
  }
}

async function work(browser, { url, fill }) {
  const page = await browser.newPage();
  try {
    await page.setViewport({ width: 1280, height: 800 });
    await page.goto(url);
    await page.waitForFunction(() => isReady());
    const frame = page.frames().find((each) => each.parentFrame());
    const untouched = await draft(page);
    for (const [act, selector, ...rest] of fill) await ACTS[act](page, await find(frame, selector), ...rest);
    const filled = await draft(page);
    await page.evaluate(() => submit());
    const { submits, errors } = await page.evaluate(() => seen());
    return { untouched, filled, submits, errors };
  } finally {
    await page.close();
  }
}

const browser = await puppeteer.launch({ browser: 'firefox', executablePath: process.argv[2], headless: true, protocolTimeout: 60_000 });
say({ browser: await browser.version() });
for await (const line of createInterface({ input: process.stdin })) {
  say(await work(browser, JSON.parse(line)).catch((error) => ({ failed: String(error) })));
}
await browser.close();
