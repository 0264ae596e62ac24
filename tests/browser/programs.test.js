// Giving a program access, what it can do with it, and the document of all this in a browser.

import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';

import { Webhook } from 'standardwebhooks';

import { DESKTOP, PHONE, WIDTHS, inspect, logIn, mainText, open, quiet, shot } from './house.js';

// The program that is told is on this machine.
const house = await open(async () => ({ SALINE_REACH: '127.0.0.0/8' }));

test('a member gives a program access, sees its secret once, and ends it', async () => {
  const page = await house.page(PHONE);
  await logIn(house, page, '12');
  await page.goto(house.url('/compte/acces', 'mars'));
  await page.getByRole('button', { name: 'Donner cet accès' }).click();
  await inspect(page, 'access-wrong');
  assert.match(await mainText(page), /Cochez au moins une chose/);
  await page.locator('#name').fill('Mon tableur');
  await page.getByText('Lire votre solde').click();
  await page.getByRole('button', { name: 'Donner cet accès' }).click();
  await inspect(page, 'access-secret');
  const secret = (await mainText(page)).match(/saline_[\w-]{43}/)[0];
  const asked = await page.evaluate(async (bearer) => {
    const answer = await fetch('/api/v1/account', { headers: { authorization: `Bearer ${bearer}` } });
    return [answer.status, await answer.json()];
  }, secret);
  assert.equal(asked[0], 200);
  assert.equal(typeof asked[1].balance, 'number');
  await page.getByRole('link', { name: 'C’est copié' }).click();
  assert.match(await mainText(page), /Mon tableur\s+Lire votre solde, votre relevé et vos échanges/);
  await house.look(page, 'access');
  await page.getByRole('button', { name: 'Mettre fin' }).click();
  assert.match(await mainText(page), /« Mon tableur » ne peut plus rien faire/);
  const over = await page.evaluate(async (bearer) => {
    const answer = await fetch('/api/v1/account', { headers: { authorization: `Bearer ${bearer}` } });
    return answer.status;
  }, secret);
  assert.equal(over, 401);
});

test('the document is read in a browser, which asks nobody else', async () => {
  for (const width of WIDTHS) {
    const page = await house.page(width);
    await page.goto(house.url('/api/v1/docs', 'mars'));
    await page.getByText('Record an exchange').waitFor();
    await page.getByText('Find notices').waitFor();
    await shot(page, 'api-docs');
    quiet(page);
  }
  const page = await house.page(DESKTOP);
  const answer = await page.goto(house.url('/api/v1/openapi.json', 'mars'));
  assert.equal((await answer.json()).info.title, 'Saline');
});

test('another program is told, and knows by the signature that it is us', async () => {
  const heard = [];
  const server = createServer((request, answer) => {
    let body = '';
    request.on('data', (piece) => { body += piece; });
    request.on('end', () => {
      heard.push({ headers: request.headers, body });
      answer.writeHead(204).end();
    });
  });
  await new Promise((done) => { server.listen(0, '127.0.0.1', done); });
  after(() => server.close());
  const page = await house.page(DESKTOP);
  await logIn(house, page, '1');
  await page.goto(house.url('/bureau/webhooks', 'mars'));
  await inspect(page, 'webhooks-none');
  await page.locator('#address').fill(`http://127.0.0.1:${server.address().port}/saline`);
  await page.getByText('Une personne arrivée').click();
  await page.getByRole('button', { name: 'Prévenir ce site' }).click();
  await inspect(page, 'webhook-secret');
  const secret = (await mainText(page)).match(/whsec_[\w+/=]+/)[0];
  await page.getByRole('link', { name: 'C’est copié' }).click();
  await house.look(page, 'webhooks');
  await page.locator('main .rows a').first().click();
  await page.getByRole('button', { name: 'Faire un essai' }).click();
  for (const end = Date.now() + 10_000; heard.length === 0 && Date.now() < end;) await sleep(100);
  const [call] = heard;
  const told = new Webhook(secret).verify(call.body, call.headers);
  assert.equal(told.type, 'ping');
  assert.throws(() => new Webhook(secret).verify(call.body.replace('ping', 'pong'), call.headers));
  await sleep(300);
  await page.reload();
  assert.match(await mainText(page), /Un essai[^]*Bien reçu \(204\)/);
  await house.look(page, 'webhook');
  quiet(page);
});
