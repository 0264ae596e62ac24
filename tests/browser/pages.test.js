// Every page that a member of the demo meets, at both widths: one h1, axe finds nothing, nothing
// scrolls sideways, nothing is asked of anybody else. The pictures are kept.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { PHONE, WIDTHS, inspect, logIn, open, quiet } from './house.js';

const house = await open();

const VISITOR = [
  ['platform-near', '/?commune=Marseille', ''],
  ['platform-nowhere', '/?commune=Xyzzyx', ''],
  ['platform-login', '/connexion', ''],
  ['opening', '/ouvrir', ''],
  ['opening-sent', '/ouvrir/envoye', ''],
  ['mailbox', '/courriels', ''],
  ['portal', '/', 'mars'],
  ['map', '/carte', ''],
  ['showcases', '/annonces', ''],
  ['showcases-near', '/annonces?q=jardin&commune=Marseille&rayon=50', ''],
  ['showcases-which', '/annonces?commune=Roche', ''],
  ['showcases-maybe', '/annonces?commune=Marseile&rayon=25', ''],
  ['showcases-unknown', '/annonces?commune=Xyzzyx', ''],
  ['showcase-closed', '/vitrine', 'clos'],
  ['platform-maybe', '/?commune=Marseile', ''],
  ['showcase', '/vitrine', 'mars'],
  ['showcase-nothing', '/vitrine?q=xyzzyx', 'mars'],
  ['showcase-embed', '/vitrine/integrer', 'mars'],
  ['showcase-frame', '/vitrine/cadre', 'mars'],
  ['login', '/connexion', 'mars'],
  ['join', '/adherer', 'mars'],
  ['missing', '/nulle-part', 'mars'],
];

const MEMBER = [
  ['home', '/'],
  ['notices', '/annonces'],
  ['notices-search', '/annonces?q=jardin'],
  ['notices-nothing', '/annonces?q=xyzzyx'],
  ['notice-form', '/annonces/nouvelle'],
  ['notices-mine', '/annonces/miennes'],
  ['searches-none', '/recherches'],
  ['exchange', '/echanges/nouveau'],
  ['statement', '/releve'],
  ['statement-year', '/releve?periode=2026'],
  ['statement-day', '/releve?du=2026-01-01&au=2026-11-01'],
  ['members', '/adherents'],
  ['messages', '/messages'],
  ['invite', '/inviter'],
  ['account', '/compte'],
  ['password', '/compte/mot-de-passe'],
  ['devices', '/compte/appareils'],
  ['second', '/compte/second'],
  ['sels', '/compte/sels'],
];

const BOARD = [
  ['desk', '/bureau'],
  ['ledger', '/bureau/echanges'],
  ['journal', '/bureau/journal'],
  ['member-form', '/bureau/adherents/nouveau'],
  ['exchange-for', '/echanges/nouveau?pour=7'],
  ['notice-form-for', '/annonces/nouvelle?pour=7'],
  ['statement-for', '/releve?pour=7'],
  ['setup-1', '/demarrer/1'],
  ['setup-2', '/demarrer/2'],
  ['setup-3', '/demarrer/3'],
  ['setup-4', '/demarrer/4'],
  ['setup-6', '/demarrer/6'],
];

for (const width of WIDTHS) {
  test(`what a visitor sees is sound at ${width} pixels`, async () => {
    const page = await house.page(width);
    for (const [name, path, slug] of VISITOR) {
      await page.goto(house.url(path, slug));
      await inspect(page, name);
    }
    await page.goto(house.url('/vitrine', 'mars'));
    await page.locator('main .rows h2 a').first().click();
    await inspect(page, 'showcase-notice');
  });

  test(`what a member sees is sound at ${width} pixels`, async () => {
    const page = await house.page(width);
    await logIn(house, page, 'claire@exemple.fr');
    for (const [name, path] of MEMBER) {
      const answer = await page.goto(house.url(path, 'mars'));
      assert.equal(answer.status(), 200, path);
      await inspect(page, name);
    }
    await page.goto(house.url('/annonces', 'mars'));
    await page.locator('main .rows :is(h2, h3) a').first().click();
    await inspect(page, 'notice');
    await page.goto(house.url('/annonces?q=jardin', 'mars'));
    await page.getByRole('button', { name: 'Garder', exact: true }).click();
    await inspect(page, 'searches');
    await page.goto(house.url('/adherents', 'mars'));
    await page.locator('main .rows h2 a').first().click();
    await inspect(page, 'member');
    await page.goto(house.url('/echanges/nouveau', 'mars'));
    await page.locator('main form[action="/echanges/relire"] button').first().click();
    await inspect(page, 'exchange-wrong');
    await page.locator('#amount').fill('90');
    await page.locator('#member').fill('30');
    await page.locator('#label').fill('taille de deux rosiers');
    await page.locator('main form[action="/echanges/relire"] button').first().click();
    await inspect(page, 'exchange-review');
  });

  test(`what the board sees is sound at ${width} pixels`, async () => {
    const page = await house.page(width);
    await logIn(house, page, '1');
    for (const [name, path] of BOARD) {
      const answer = await page.goto(house.url(path, 'mars'));
      assert.equal(answer.status(), 200, path);
      await inspect(page, name);
    }
    await page.goto(house.url('/bureau/adherents/nouveau', 'mars'));
    await page.locator('#first_name').fill('odette');
    await page.locator('#last_name').fill('Rey');
    await page.locator('#phone').fill('06 39 98 00 00');
    await page.locator('main form button').first().click();
    await page.locator('#another').waitFor();
    await inspect(page, 'member-namesake');
    await page.goto(house.url('/annonces', 'mars'));
    await page.locator('main .rows :is(h2, h3) a').first().click();
    await inspect(page, 'notice-of-another');
    await page.goto(house.url('/adherents?q=odette', 'mars'));
    await page.locator('main .rows h2 a').first().click();
    await inspect(page, 'member-of-the-desk');
    await page.locator('main a[href$="/courriel"]').click();
    await inspect(page, 'member-address');
  });
}

test('an exchange is recorded by keyboard alone', async () => {
  const page = await house.page(PHONE);
  await page.goto(house.url('/connexion', 'mars'));
  const tabTo = async (selector) => {
    for (let press = 0; press < 80; press += 1) {
      if (await page.evaluate((wanted) => document.activeElement?.matches(wanted), selector)) return;
      await page.keyboard.press('Tab');
    }
    assert.fail(`no way to ${selector} by Tab`);
  };
  await tabTo('main [name="login"]');
  await page.keyboard.type('12');
  await tabTo('main [name="password"]');
  await page.keyboard.type('demonstration');
  await page.keyboard.press('Enter');
  await page.waitForURL(house.url('/', 'mars'));
  await tabTo('a[href="/echanges/nouveau"]');
  await page.keyboard.press('Enter');
  await page.waitForURL(house.url('/echanges/nouveau', 'mars'));
  await tabTo('#gave');
  await tabTo('#amount');
  await page.keyboard.type('30');
  await tabTo('#member');
  await page.keyboard.type('n° 30');
  await tabTo('#label');
  await page.keyboard.type('arrosage');
  await page.keyboard.press('Enter');
  await page.waitForURL(house.url('/echanges/relire', 'mars'));
  await tabTo('main form[action="/echanges"] button');
  await page.keyboard.press('Enter');
  await page.waitForURL(house.url('/releve', 'mars'));
  assert.match(await page.locator('[role="status"]').first().innerText(), /C’est enregistré/);
  quiet(page);
});
