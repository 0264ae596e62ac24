// What is printed: a blank sheet, numbered slips, a statement, the statement between two SELs.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { DESKTOP, logIn, mainText, open, send } from './house.js';

const house = await open();

/** Asks for a file as the page would; answers its kind, its first letters and how long it is. */
function fetched(page, path, fields) {
  return page.evaluate(async ([path, fields]) => {
    const body = fields && new URLSearchParams(fields);
    const answer = await fetch(path, { method: body ? 'POST' : 'GET', body });
    const bytes = new Uint8Array(await answer.arrayBuffer());
    const start = String.fromCharCode(...bytes.slice(0, 5));
    return { status: answer.status, kind: answer.headers.get('content-type'), start, length: bytes.length };
  }, [path, fields]);
}

function isPaper(file) {
  assert.deepEqual([file.status, file.kind, file.start], [200, 'application/pdf', '%PDF-']);
  assert(file.length > 5_000);
}

test('the board prints sheets and slips, and slips go on counting', async () => {
  const fatima = await house.page(DESKTOP);
  await logIn(house, fatima, 'fatima@exemple.fr');
  await fatima.goto(house.url('/bureau/papier', 'mars'));
  await house.look(fatima, 'paper');
  const plain = await fetched(fatima, '/bureau/feuille-vierge.pdf');
  const withRoll = await fetched(fatima, '/bureau/feuille-vierge.pdf?liste=oui');
  isPaper(plain);
  isPaper(withRoll);
  assert(withRoll.length > plain.length);
  const form = await fatima.locator('main form[method=post] [name=form]').inputValue();
  isPaper(await fetched(fatima, '/bureau/papier', { form, first: '100', count: '6' }));
  await fatima.reload();
  assert.equal(await fatima.locator('#first').inputValue(), '106');
  await send(fatima, { first: '0', count: '301' }, 'Ouvrir les bordereaux');
  assert.match(await mainText(fatima), /de 1 à 300/);
  assert.equal(await fatima.locator('#count').inputValue(), '301');
});

test('a statement is printed for the period that is shown, and nobody prints another’s', async () => {
  const claire = await house.page(DESKTOP);
  await logIn(house, claire, 'claire@exemple.fr');
  await claire.goto(house.url('/releve?periode=tout', 'mars'));
  const link = claire.getByRole('link', { name: 'Imprimer (PDF)' });
  isPaper(await fetched(claire, await link.getAttribute('href')));
  assert.equal((await fetched(claire, '/releve.pdf?pour=7')).status, 403);
  assert.equal((await fetched(claire, '/bureau/feuille-vierge.pdf')).status, 403);
});

test('the statement between two SELs is printed', async () => {
  const fatima = await house.page(DESKTOP);
  await logIn(house, fatima, 'fatima@exemple.fr');
  await fatima.goto(house.url('/bureau/allies', 'mars'));
  await fatima.getByRole('link', { name: /Le Clos/ }).click();
  const link = fatima.getByRole('link', { name: 'Imprimer (PDF)' });
  isPaper(await fetched(fatima, await link.getAttribute('href')));
});
