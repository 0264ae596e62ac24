// The harness of the browser tests: a demo of its own for each file of tests, and a Chromium to
// look at it.
//
//   const house = await open();
//   test('…', async () => { const page = await house.page(PHONE); … });
//
// The demo ends and its directory goes with the last test of the file.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { after } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

import axeCore from 'axe-core';
import { chromium } from 'playwright-core';

/** The two widths at which every page is looked at, in CSS pixels. */
export const PHONE = 390;
export const DESKTOP = 1280;
export const WIDTHS = [PHONE, DESKTOP];
const HEIGHTS = { [PHONE]: 844, [DESKTOP]: 800 };

const START_MS = 120_000;
const STOP_MS = 20_000;
const PAGE_MS = 15_000;
const MAIL_MS = 20_000;

const HERE = dirname(fileURLToPath(import.meta.url));
const PROGRAM = resolve(process.env.SALINE_BIN || join(HERE, '../../target/debug/saline'));
const BROWSER = process.env.SALINE_CHROMIUM || '/usr/bin/chromium';
/** The program stands in `<target>/<profile>/saline`. */
const SCREENSHOTS = join(dirname(dirname(PROGRAM)), 'screenshots');

const CHROMIUM_ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const AXE_TAGS = [
  'wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa', 'best-practice',
];

/**
 * Starts a demo and a browser for the tests of the calling file. `prepare` is told the port first,
 * and answers what else the demo's environment says.
 */
export async function open(prepare = async () => ({})) {
  const house = new House();
  after(() => house.close());
  try {
    await house.start(prepare);
  } catch (trouble) {
    await house.close();
    throw trouble;
  }
  return house;
}

class House {
  #said = '';
  #demo;
  #browser;
  /** The platform's domain, where `prepare` changed it along with SALINE_SITE. */
  domain = 'localhost';
  /** Where the demo keeps its state. Its Postgres has another user, who must get in. */
  state = mkdtempSync(join(tmpdir(), 'saline-browser-'));

  async start(prepare) {
    assert(existsSync(PROGRAM), `${PROGRAM} is not built`);
    chmodSync(this.state, 0o755);
    this.port = await freePort();
    const words = ['demo', '--small', '--port', String(this.port), '--state', this.state];
    const env = { ...process.env, ...(await prepare(this)) };
    this.#demo = spawn(PROGRAM, words, { env, stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [this.#demo.stdout, this.#demo.stderr]) {
      stream.on('data', (piece) => { this.#said = (this.#said + piece).slice(-8_000); });
    }
    this.#demo.on('error', (trouble) => { this.#said += trouble; });
    process.once('exit', this.#kill);
    await this.#answers();
    this.#browser = await chromium.launch({ executablePath: BROWSER, args: CHROMIUM_ARGS });
  }

  #kill = () => { this.#demo?.kill('SIGTERM'); };

  #hasEnded() {
    return this.#demo.exitCode !== null || this.#demo.signalCode !== null || !this.#demo.pid;
  }

  async #answers() {
    for (const end = Date.now() + START_MS; Date.now() < end; await sleep(200)) {
      assert(!this.#hasEnded(), `the demo ended before it answered:\n${this.#said}`);
      const answer = await fetch(`http://127.0.0.1:${this.port}/`, { redirect: 'manual' })
        .catch(() => null);
      if (answer) {
        await answer.arrayBuffer();
        return;
      }
    }
    assert.fail(`the demo did not answer within ${START_MS} ms:\n${this.#said}`);
  }

  /** Ends the browser and the demo, and takes the demo's directory away. */
  async close() {
    await this.#browser?.close();
    if (this.#demo?.pid && !this.#hasEnded()) {
      const ended = new Promise((done) => { this.#demo.once('exit', () => done(true)); });
      this.#kill();
      const inTime = await Promise.race([ended, sleep(STOP_MS, false, { ref: false })]);
      if (!inTime) {
        this.#demo.kill('SIGKILL');
        assert.fail(`the demo did not end within ${STOP_MS} ms of SIGTERM:\n${this.#said}`);
      }
    }
    process.removeListener('exit', this.#kill);
    rmSync(this.state, { recursive: true, force: true });
  }

  /** The address of a page: of the platform, or of the SEL with this slug. */
  url(path = '/', slug = '') {
    return `http://${slug ? `${slug}.` : ''}${this.domain}:${this.port}${path}`;
  }

  /** The link into the console that the demo names as long as nobody has made their access. */
  wayIn() {
    const [link] = this.#said.match(/http:\/\/console\.\S+\/entree\/\S+/) ?? [];
    assert(link, `the demo names no way into the console:\n${this.#said}`);
    return link;
  }

  /**
   * A page of a fresh browser, as wide as asked. It gathers what goes wrong in it: `quiet` tells.
   * @param {{ javaScript?: boolean, locale?: string }} options
   */
  async page(width = DESKTOP, { javaScript = true, locale = 'fr-FR' } = {}) {
    const context = await this.#browser.newContext({
      viewport: { width, height: HEIGHTS[width] ?? 800 },
      locale,
      timezoneId: 'Europe/Paris',
      isMobile: width === PHONE,
      hasTouch: width === PHONE,
      javaScriptEnabled: javaScript,
      reducedMotion: 'reduce',
    });
    context.setDefaultTimeout(PAGE_MS);
    const page = await context.newPage();
    const troubles = [];
    troublesOf.set(page, troubles);
    page.on('pageerror', (trouble) => troubles.push(`script: ${trouble.message}`));
    page.on('console', (line) => {
      // A page that is refused is a page all the same, and the typeface is no part of the checkout.
      const isAnswer = line.text().startsWith('Failed to load resource');
      if (line.type() === 'error' && !isAnswer) troubles.push(`console: ${line.text()}`);
    });
    page.on('response', (answer) => {
      const path = new URL(answer.url()).pathname;
      const isPage = answer.request().isNavigationRequest();
      if (answer.status() >= (isPage ? 500 : 400) && !path.endsWith('.woff2')) {
        troubles.push(`${answer.status()} for ${path}`);
      }
    });
    page.on('request', (request) => {
      const { hostname, protocol } = new URL(request.url());
      const isHere = /^(.*\.)?localhost$|^127\.0\.0\.1$/.test(hostname);
      // What the pages of others ask for is theirs.
      const { port } = new URL(request.frame().url());
      if (port && port !== String(this.port)) return;
      if (protocol.startsWith('http') && !isHere) troubles.push(`asks ${hostname}`);
    });
    return page;
  }

  /** Inspects the page that another one is on, as the same person, with scripts, at both widths. */
  async look(page, name) {
    const cookies = await page.context().cookies();
    for (const width of WIDTHS) {
      const other = await this.page(width);
      await other.context().addCookies(cookies);
      await other.goto(page.url());
      await inspect(other, name);
      await other.context().close();
    }
  }

  /**
   * Asks without a browser, as a scanner or a stranger's program does; answers the status alone.
   * Node knows no `*.localhost`: it connects to the loopback and names the host.
   */
  ask(method, url, { cookie = '', body = '' } = {}) {
    const { host, origin, pathname, search } = new URL(url);
    const headers = {
      host, origin, cookie, 'content-type': 'application/x-www-form-urlencoded',
    };
    return new Promise((done, fail) => {
      const options = { host: '127.0.0.1', port: this.port, method, path: pathname + search, headers };
      const asked = request(options, (answer) => {
        answer.resume();
        answer.on('end', () => done(answer.statusCode));
      });
      asked.on('error', fail);
      asked.end(body);
    });
  }

  /** A file as a browser would take it away, as the person of this page: kind, beginning, length. */
  async file(page, path, fields) {
    const { host, origin } = new URL(page.url());
    const cookies = await page.context().cookies();
    const body = fields ? new URLSearchParams(fields).toString() : '';
    const headers = {
      host,
      origin,
      cookie: cookies.map((it) => `${it.name}=${it.value}`).join('; '),
      'content-type': 'application/x-www-form-urlencoded',
    };
    const options = { host: '127.0.0.1', port: this.port, method: fields ? 'POST' : 'GET', path, headers };
    return new Promise((done, fail) => {
      const asked = request(options, (answer) => {
        const pieces = [];
        answer.on('data', (piece) => pieces.push(piece));
        answer.on('end', () => {
          const bytes = Buffer.concat(pieces);
          const kind = answer.headers['content-type'];
          done({ status: answer.statusCode, kind, start: bytes.toString('latin1', 0, 5), bytes });
        });
      });
      asked.on('error', fail);
      asked.end(body);
    });
  }

  /** The letters that were mailed to this address, the newest first; all of them without one. */
  mails(to) {
    const folder = join(this.state, 'mailbox');
    const names = existsSync(folder) ? readdirSync(folder) : [];
    return names
      .filter((name) => name.endsWith('.json'))
      .map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')))
      .filter((letter) => !to || letter.to.address === to)
      .sort((one, other) => Date.parse(other.at) - Date.parse(one.at))
      .map(({ to, subject, text, at }) => ({ to: to.address, subject, text, at, links: links(text) }));
  }

  /**
   * The newest letter to this address; waits for it. With `known`, the number of letters that were
   * there before, it waits for one more.
   */
  async lastMail(to, known = 0) {
    for (const end = Date.now() + MAIL_MS; Date.now() < end; await sleep(100)) {
      const mails = this.mails(to);
      if (mails.length > known) return mails[0];
    }
    return assert.fail(`no letter came to ${to} within ${MAIL_MS} ms`);
  }
}

/** Logs in as a member of the demo. */
export async function logIn(house, page, login, slug = 'mars') {
  await page.goto(house.url('/connexion', slug));
  await page.locator('main [name="login"]').first().fill(login);
  await page.locator('main [name="password"]').fill('demonstration');
  await page.locator('main form[action="/connexion"] button').first().click();
  assert.equal(new URL(page.url()).pathname, '/');
}

const troublesOf = new WeakMap();

function links(text) {
  return (text.match(/https?:\/\/[^\s<>"]+/g) ?? []).map((link) => link.replace(/[.,;:)»]+$/, ''));
}

/** A port of the loopback that nobody listens on. */
export async function freePort() {
  const server = createServer();
  await new Promise((done, fail) => {
    server.once('error', fail);
    server.listen(0, '127.0.0.1', done);
  });
  const { port } = server.address();
  await new Promise((done) => { server.close(done); });
  return port;
}

/** Keeps the whole page as `<target>/screenshots/<name>-<width>.png`. */
export async function shot(page, name) {
  mkdirSync(SCREENSHOTS, { recursive: true });
  const { width } = page.viewportSize();
  await page.screenshot({ path: join(SCREENSHOTS, `${name}-${width}.png`), fullPage: true });
}

/** Keeps a PDF as `<target>/screenshots/<name>.pdf`. */
export function keep(bytes, name) {
  mkdirSync(SCREENSHOTS, { recursive: true });
  writeFileSync(join(SCREENSHOTS, `${name}.pdf`), bytes);
}

/** Fails on anything that axe finds against WCAG 2.0 to 2.2, A and AA, or against good practice. */
export async function axe(page) {
  await page.evaluate(axeCore.source);
  const violations = await page.evaluate(
    async (values) => {
      const runOnly = { type: 'tag', values };
      const found = await globalThis.axe.run(document, { runOnly, resultTypes: ['violations'] });
      return found.violations.map(({ id, help, nodes }) => {
        const where = nodes.map(({ target, html }) => `    ${target.join(' ')}: ${html}`);
        return `  ${id}: ${help}\n${where.slice(0, 5).join('\n')}`;
      });
    },
    AXE_TAGS,
  );
  assert.equal(violations.length, 0, `axe on ${page.url()}:\n${violations.join('\n')}`);
}

/** Fails when the page is wider than its window, and names what sticks out. */
export async function noSideScroll(page) {
  const [excess, names] = await page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    const out = [...document.body.querySelectorAll('*')]
      .filter((element) => element.getBoundingClientRect().right > width + 0.5)
      .map((element) => element.outerHTML.slice(0, 90));
    return [document.documentElement.scrollWidth - width, out];
  });
  assert(excess <= 0, `${page.url()} is ${excess} px too wide:\n  ${names.slice(0, 5).join('\n  ')}`);
}

/** Fails when a script, the console, a response or a request to elsewhere went wrong so far. */
export function quiet(page) {
  assert.deepEqual(troublesOf.get(page), [], `on ${page.url()}`);
}

/** All that every page must pass, at the width at which it is open; and a picture of it. */
export async function inspect(page, name) {
  assert.equal(await page.locator('h1').count(), 1, `${page.url()} has one h1`);
  const text = await page.locator('body').innerText();
  assert.doesNotMatch(text, /\[[a-z]+(-[a-z0-9]+)+\]/, `${page.url()} shows the key of a sentence`);
  await shot(page, name);
  await axe(page);
  await noSideScroll(page);
  quiet(page);
}

/** The main part as text, no-break spaces and hyphens as plain ones. */
export async function mainText(page) {
  const text = await page.locator('main').innerText();
  return text.replaceAll('\u00a0', ' ').replaceAll('\u2011', '-');
}

/** Fills fields by name and presses a button of the main part. */
export async function send(page, fields, button) {
  for (const [name, value] of Object.entries(fields)) {
    await page.locator(`main [name="${name}"]`).last().fill(value);
  }
  await page.locator('main').getByRole('button', { name: button }).first().click();
  await noSideScroll(page);
  quiet(page);
}
