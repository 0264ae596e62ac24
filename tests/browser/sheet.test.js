// The list of a fair: eighty lines by keyboard alone, then the same without scripts, pasted and from
// a file.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { DESKTOP, PHONE, logIn, noSideScroll, open, quiet } from './house.js';

const house = await open();
const LINES = 80;

/** Presses Tab until the control that is meant has the focus. */
async function tabTo(page, selector) {
  for (let press = 0; press < 800; press += 1) {
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted), selector)) return;
    await page.keyboard.press('Tab');
  }
  assert.fail(`no Tab leads to ${selector}`);
}

async function type(page, texts) {
  for (const text of texts) {
    await page.keyboard.type(text);
    await page.keyboard.press('Tab');
  }
}

test('eighty lines are typed with the keyboard alone, and the ready ones recorded together', async (t) => {
  const page = await house.page(DESKTOP);
  await logIn(house, page, 'fatima@exemple.fr');
  await page.goto(house.url('/bureau/feuilles', 'mars'));
  await house.look(page, 'sheet-list');

  await t.test('a sheet is opened', async () => {
    await tabTo(page, 'main input[name=title]');
    await page.keyboard.type('Bourse de la place');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/bureau\/feuilles\/[0-9a-f-]{36}#payer-1$/);
    assert.match(await page.locator('h1').innerText(), /Bourse de la place/);
    const focus = await page.evaluate(() => document.activeElement.id);
    assert.equal(focus, 'payer-1');
  });

  await t.test('names appear as numbers are typed, and rows come as they are needed', async () => {
    const began = Date.now();
    for (let line = 1; line <= LINES; line += 1) {
      const payer = line === 40 ? '999' : String((line % 5) + 2);
      const rows = await page.locator('tbody tr').count();
      await type(page, [payer, String((line % 7) + 8), String(line)]);
      await page.keyboard.type(`lot ${line}`);
      if (line === 1) {
        assert.notEqual(await page.locator('tr:has(#payer-1) .who .echo').first().innerText(), '');
        assert.match(await page.locator('[data-running]').innerText(), /1 lignes?, 1/);
      }
      const next = `#payer-${line + 1}`;
      await page.keyboard.press('Tab');
      if (line === rows) await page.waitForURL(new RegExp(`${next}$`));
      await page.waitForFunction((wanted) => document.activeElement?.matches(wanted), next);
    }
    t.diagnostic(`${LINES} lines typed in ${Math.round((Date.now() - began) / 1000)} s`);
  });

  await t.test('Enter checks, and the line that is wrong says why', async () => {
    await page.keyboard.press('Enter');
    await page.locator('main .flash[role=alert]').waitFor();
    assert.match(await page.locator('main .flash[role=alert]').innerText(), /Ligne 40\s:\sAucun adhérent n.a le n°\s999/);
    assert.match(await page.locator('.total').innerText(), /79 échanges prêts/);
    await house.look(page, 'sheet-checked');
  });

  await t.test('the ready lines are recorded, the other one stays', async () => {
    await tabTo(page, 'button.button[name=action][value=enregistrer]');
    await page.keyboard.press('Enter');
    await page.locator('main .flash.good').waitFor();
    assert.match(await page.locator('main .flash.good').innerText(), /79 échanges enregistrés/);
    assert.equal(await page.locator('#payer-1').inputValue(), '999');
    await page.reload();
    assert.match(await page.locator('.total').innerText(), /Aucun échange prêt/);
    await house.look(page, 'sheet-posted');
  });

  await t.test('each member in it gets one letter', async () => {
    const letters = house.mails().filter((letter) => letter.subject.startsWith('Bourse de la place'));
    const to = letters.map((letter) => letter.to);
    assert(to.length > 0 && new Set(to).size === to.length, to.join(' '));
    assert.match(letters[0].text, /lot \d+/);
  });
  quiet(page);
});

test('a stack of slips is pasted or read from a file, without scripts, on a phone', async (t) => {
  const page = await house.page(PHONE, { javaScript: false });
  await logIn(house, page, 'fatima@exemple.fr');
  await page.goto(house.url('/bureau/feuilles', 'mars'));
  await page.locator('main [name=kind][value=slips]').check({ force: true });
  await page.locator('main form[action="/bureau/feuilles"] button').click();
  const posted = () => page.locator('section[aria-labelledby=inscrits] li').count();

  await t.test('pasted lines join those that are typed', async () => {
    await page.locator('#payer-1').fill('fati');
    await page.locator('#payee-1').fill('8');
    await page.locator('main details.ask summary').click();
    await page.locator('#paste').fill('A 1\t\t8\t9\t30\tun pull\nA 2\t1/1\t9\t8\tdouze\tdu pain\n');
    await page.locator('button[value=coller]').click();
    assert.equal(await page.locator('#label-2').inputValue(), 'un pull');
    assert.match(await page.locator('main .flash.bad').innerText(), /Ligne 3\s:/);
    await noSideScroll(page);
    await house.look(page, 'sheet-slips');
  });

  await t.test('a file adds its lines, and a slip that was recorded is asked about', async () => {
    await page.locator('button.button[value=enregistrer]').click();
    assert.equal(await posted(), 1);
    await page.locator('main details.ask summary').click();
    await page.locator('button[value=fichier]').click();
    await house.look(page, 'sheet-import');
    const name = 'bordereaux.csv';
    const file = (text) => ({ name, mimeType: 'text/csv', buffer: Buffer.from(text, 'latin1') });
    await page.locator('#file').setInputFiles(file(''));
    await page.locator('main form button').click();
    assert.match(await page.locator('main .flash.bad').innerText(), /aucune ligne/);
    await page.locator('#file').setInputFiles(file('Bordereau;Date;Donne;Reçoit;Grains;En échange de\nA 1;;8;9;31;un pull bleu\n'));
    await page.locator('main form button').click();
    assert.match(await page.locator('main .flash.bad').innerText(), /bordereau A 1 est déjà enregistré/);
    await page.locator('main input[name^=another-]').check({ force: true });
    await page.locator('button.button[value=enregistrer]').click();
    assert.equal(await posted(), 2);
  });

  await t.test('a sheet that is done is put away and found again', async () => {
    await page.locator('button[value=ranger]').click();
    assert.match(await page.locator('main .flash.good').innerText(), /est terminée/);
    await page.goto(house.url('/bureau/feuilles?rangees=oui', 'mars'));
    await page.locator('main .rows h3 a').first().click();
    await page.locator('button[value=reprendre]').click();
    assert.match(await page.locator('main .flash.good').innerText(), /de nouveau/);
  });
  quiet(page);
});
