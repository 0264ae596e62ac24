// The main job, from end to end, without scripts, on a phone: a SEL opens, someone joins, publishes,
// finds, writes, exchanges, and agrees from the mail.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { PHONE, noSideScroll, open, quiet } from './house.js';

const house = await open();
const SLUG = 'essai';

/** Presses the filled button of the page's own form, and looks that all went well. */
async function press(page, name) {
  const button = page.locator('main').getByRole('button', { name });
  await button.first().click();
  await page.waitForLoadState();
  await noSideScroll(page);
  quiet(page);
}

async function fill(page, fields) {
  for (const [name, value] of Object.entries(fields)) {
    await page.locator(`main [name="${name}"]`).last().fill(value);
  }
}

/** The newest letter's link to a path that begins so, turned to by three scanners first. */
async function follow(page, to, path, known = 0) {
  const mail = await house.lastMail(to, known);
  const link = mail.links.find((found) => new URL(found).pathname.startsWith(path));
  assert(link, `no link to ${path} in: ${mail.text}`);
  for (let scanner = 0; scanner < 3; scanner += 1) {
    assert.equal(await house.ask('GET', link), 200, 'a scanner opens the link');
  }
  await page.goto(link);
  await house.look(page, `link-${path.split('/')[1]}`);
  return link;
}

test('a SEL opens, and two of its people exchange an hour of ironing', async (t) => {
  const founder = await house.page(PHONE, { javaScript: false });
  const jean = await house.page(PHONE, { javaScript: false });
  let link;

  await t.test('opening asks for a name and mails a link', async () => {
    await founder.goto(house.url('/ouvrir'));
    await fill(founder, {
      name: 'SEL de l’Essai', slug: SLUG, locality: 'Aubagne', unit: 'grain',
      first_name: 'Ana', last_name: 'Silva', email: 'ana@exemple.fr',
    });
    await founder.locator('main form[action^="/ouvrir"] button').first().click();
    link = await follow(founder, 'ana@exemple.fr', '/ouvrir/');
    assert.match(await founder.locator('main').innerText(), /SEL de l’Essai/);
  });

  await t.test('one button opens it, and a second one leads to the guided start', async () => {
    await founder.locator('main form button').first().click();
    assert.equal(new URL(founder.url()).hostname, `${SLUG}.localhost`);
    await founder.locator('main form button').first().click();
    assert.match(founder.url(), /\/demarrer\/1$/);
    const early = await house.page(PHONE, { javaScript: false });
    await early.goto(house.url('/', SLUG));
    await house.look(early, 'portal-waiting');
    for (const step of [1, 2, 3, 4]) {
      assert.match(founder.url(), new RegExp(`/demarrer/${step}$`));
      await house.look(founder, `start-${step}`);
      await founder.locator('main form[method="post"] button.button').first().click();
    }
    // The founder is offered a password, as everybody who joins.
    assert.match(founder.url(), /\/compte\/mot-de-passe/);
    await house.look(founder, 'start-password');
    await founder.locator('main a[href="/"]').click();
    assert.match(await founder.locator('h1').innerText(), /Ana/);
  });

  await t.test('the opening link does not open twice', async () => {
    const other = await house.page(PHONE, { javaScript: false });
    const answer = await other.goto(link);
    assert.equal(answer.status(), 410);
    await house.look(other, 'link-dead');
  });

  await t.test('a neighbour asks to join and is welcomed', async () => {
    await jean.goto(house.url('/adherer', SLUG));
    await fill(jean, {
      first_name: 'Jean', last_name: 'Morel', email: 'jean.morel@exemple.fr',
      phone: '06 39 98 00 30', place: 'Centre', about: 'Je jardine.',
    });
    await jean.locator('main form[action="/adherer"] button').first().click();
    await founder.goto(house.url('/bureau', SLUG));
    assert.match(await founder.locator('main').innerText(), /Jean Morel/);
    await founder.locator('a[href$="/refuser"]').first().click();
    await house.look(founder, 'application-refuse');
    await founder.goto(house.url('/bureau', SLUG));
    await founder.locator('form[action$="/accueillir"] button').first().click();
    await follow(jean, 'jean.morel@exemple.fr', '/entrer/');
    await jean.locator('main form button').first().click();
    assert.match(jean.url(), /\/compte\/mot-de-passe/);
    await fill(jean, { new_password: 'trois mots simples' });
    await jean.locator('main form[action="/compte/mot-de-passe"] button').first().click();
    await jean.goto(house.url('/', SLUG));
    assert.match(await jean.locator('h1').innerText(), /Jean/);
  });

  await t.test('he publishes an offer, and she soon finds it by another word', async () => {
    await jean.goto(house.url('/annonces/nouvelle', SLUG));
    await jean.locator('main [name="kind"][value="offer"]').check({ force: true });
    await jean.locator('main [name="category"]').selectOption({ index: 3 });
    await fill(jean, { title: 'Repassage du vendredi', body: 'Je repasse vos chemises en écoutant la radio.' });
    await jean.locator('main [name="units_mode"][value="hourly"]').check({ force: true });
    await fill(jean, { units: '60' });
    const sent = Date.now();
    await jean.locator('main form[enctype="multipart/form-data"] button.button').first().click();
    assert.match(await jean.locator('main').innerText(), /Repassage du vendredi/);
    await house.look(jean, 'notice-mine');
    await jean.locator('main a[href$="/modifier"]').first().click();
    await house.look(jean, 'notice-edit');
    let found = false;
    while (!found && Date.now() - sent < 10_000) {
      await founder.goto(house.url('/annonces?q=repasage', SLUG));
      found = (await founder.locator('main .rows').count()) > 0
        && /Repassage/.test(await founder.locator('main').innerText());
    }
    assert(found, 'the notice was not found');
    const seconds = (Date.now() - sent) / 1000;
    t.diagnostic(`found after ${seconds} s`);
  });

  await t.test('she writes to him through the relay, and he answers from the mail', async () => {
    await founder.getByRole('link', { name: /Repassage/ }).first().click();
    const known = house.mails('jean.morel@exemple.fr').length;
    await fill(founder, { message: 'Bonjour Jean, vendredi à 10 h ?' });
    await founder.locator('main form[action$="/ecrire"] button').first().click();
    await house.look(founder, 'conversation');
    const mail = await house.lastMail('jean.morel@exemple.fr', known);
    assert.doesNotMatch(mail.text, /ana@exemple\.fr/);
    const nobody = await house.page(PHONE, { javaScript: false });
    await follow(nobody, 'jean.morel@exemple.fr', '/repondre/');
    await fill(nobody, { message: 'Avec plaisir.' });
    const before = house.mails('ana@exemple.fr').length;
    await nobody.locator('main form[method="post"] button').first().click();
    const answer = await house.lastMail('ana@exemple.fr', before);
    assert.doesNotMatch(answer.text, /jean\.morel@exemple\.fr/);
  });

  await t.test('he writes the exchange down, and she agrees from the mail without logging in', async () => {
    const known = house.mails('ana@exemple.fr').length;
    await jean.goto(house.url('/echanges/nouveau', SLUG));
    await jean.locator('#received').check({ force: true });
    await fill(jean, { amount: '60', member: 'ana', label: 'une heure de repassage' });
    await press(jean, 'Relire');
    assert.match(await jean.locator('.said').innerText(), /Ana.*donne.*60.grains.*Jean/s);
    await press(jean, 'Oui, enregistrer');
    assert.match(await jean.locator('main').innerText(), /accord/);
    await jean.goto(house.url('/releve/en-attente', SLUG));
    await house.look(jean, 'statement-waiting');
    await jean.locator('main a[href^="/echanges/"]').first().click();
    await house.look(jean, 'exchange-pending');
    await founder.goto(jean.url());
    await house.look(founder, 'exchange-answer');
    const nobody = await house.page(PHONE, { javaScript: false });
    const answer = await follow(nobody, 'ana@exemple.fr', '/repondre-echange/', known);
    await press(nobody, 'Oui, c’est juste');
    assert.match(await nobody.locator('main').innerText(), /C’est enregistré/);
    await nobody.goto(answer);
    assert.match(await nobody.locator('main').innerText(), /Cet échange est enregistré/);
    await jean.goto(house.url('/releve', SLUG));
    assert.match(await jean.locator('table').innerText(), /\+60/);
    await founder.goto(house.url('/releve', SLUG));
    assert.match(await founder.locator('table').innerText(), /−60/);
  });
});

test('every page and form of another SEL’s things answers 404', async () => {
  const claire = await house.page(PHONE, { javaScript: false });
  await logIn(claire, '12');
  const idOn = async (path, start) => {
    await claire.goto(house.url(path, 'mars'));
    const hrefs = await claire.locator(`main a[href^="${start}"]`).evaluateAll(
      (links) => links.map((link) => link.getAttribute('href')),
    );
    const found = hrefs.map((href) => href.match(/[0-9a-f]{8}-[0-9a-f-]{27}/)?.[0]).find(Boolean);
    assert(found, `no id on ${path}`);
    return found;
  };
  const ids = {
    notice: await idOn('/annonces', '/annonces/'),
    member: await idOn('/adherents', '/adherents/'),
    exchange: await idOn('/releve', '/echanges/'),
  };
  ids.conversation = await idOn('/messages', '/messages/');
  ids.photo = await photoOf(claire);
  assert.equal(await status(claire, `/photos/${ids.photo}/petite`, 'mars'), 200);
  assert.equal(await status(claire, `/messages/${ids.conversation}`, 'mars'), 200);
  const fatima = await house.page(PHONE, { javaScript: false });
  await logIn(fatima, '1');
  await fatima.goto(house.url('/bureau', 'mars'));
  const action = await fatima.locator('form[action$="/accueillir"]').first().getAttribute('action');
  ids.application = action.split('/')[3];

  // Ana holds every right in her own SEL, and none in Mars.
  const ana = await house.page(PHONE, { javaScript: false });
  await ana.goto(house.url('/connexion', SLUG));
  await ana.locator('main [name="login"]').first().fill('ana@exemple.fr');
  const known = house.mails('ana@exemple.fr').length;
  await ana.locator('main button[formaction="/connexion/lien"]').click();
  await follow(ana, 'ana@exemple.fr', '/entrer/', known);
  await ana.locator('main form button').first().click();
  await ana.goto(house.url('/echanges/nouveau', SLUG));
  const csrf_token = await ana.locator('main [name="csrf_token"]').first().getAttribute('value');
  const own = { kind: 'offer', title: 'a', body: 'a', units_mode: 'gift', message: 'a', csrf_token };
  const routes = {
    get: [
      `/annonces/${ids.notice}`, `/annonces/${ids.notice}/modifier`, `/adherents/${ids.member}`,
      `/echanges/${ids.exchange}`, `/messages/${ids.conversation}`, `/photos/${ids.photo}/petite`,
      `/bureau/demandes/${ids.application}/refuser`,
    ],
    post: [
      ...['modifier', 'renouveler', 'pause', 'reprendre', 'fermer', 'rouvrir', 'ecrire']
        .map((act) => `/annonces/${ids.notice}/${act}`),
      `/adherents/${ids.member}/droits`,
      ...['accord', 'refus', 'annulation'].map((act) => `/echanges/${ids.exchange}/${act}`),
      `/messages/${ids.conversation}`,
      ...['accueillir', 'refuser'].map((act) => `/bureau/demandes/${ids.application}/${act}`),
    ],
  };
  const cookies = await ana.context().cookies(house.url('/', SLUG));
  const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
  assert.equal(await house.ask('GET', house.url('/releve', SLUG), { cookie }), 200);
  const body = new URLSearchParams(own).toString();
  const answers = [];
  for (const path of routes.get) {
    const status = await house.ask('GET', house.url(path, SLUG), { cookie });
    answers.push([`GET ${path}`, status]);
  }
  for (const path of routes.post) {
    const status = await house.ask('POST', house.url(path, SLUG), { cookie, body });
    answers.push([`POST ${path}`, status]);
  }
  assert.deepEqual(answers.filter(([, status]) => status !== 404), []);
});

/** Publishes a notice with a photo; answers the photo's id. */
async function photoOf(page) {
  const name = 'carre.png';
  const buffer = await page.screenshot();
  await page.goto(house.url('/annonces/nouvelle', 'mars'));
  await page.locator('main [name="kind"][value="offer"]').check({ force: true });
  await page.locator('main [name="category"]').selectOption({ index: 2 });
  await fill(page, { title: 'Un cadre à donner' });
  await page.locator('main [name="units_mode"][value="gift"]').check({ force: true });
  await page.locator('#photos').setInputFiles({ name, mimeType: 'image/png', buffer });
  await page.locator('main form[enctype="multipart/form-data"] button.button').first().click();
  const source = await page.locator('main .photos img').first().getAttribute('src');
  return source.split('/')[2];
}

async function status(page, path, slug) {
  const cookies = await page.context().cookies(house.url('/', slug));
  const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
  return house.ask('GET', house.url(path, slug), { cookie });
}

test('what is typed wrong is said, and nothing typed is lost', async () => {
  const page = await house.page(PHONE, { javaScript: false });
  await logIn(page, '12');
  await page.goto(house.url('/echanges/nouveau', 'mars'));
  await fill(page, { amount: '1,5', member: '4321', label: 'taille de rosiers' });
  await press(page, 'Relire');
  const text = await page.locator('main').innerText();
  assert.match(text, /nombre entier/);
  assert.match(text, /4321/);
  assert.match(await page.title(), /^Erreur/);
  assert.equal(await page.locator('#amount').inputValue(), '1,5');
  assert.equal(await page.locator('#label').inputValue(), 'taille de rosiers');
  for (const [amount, sentence] of [
    ['', /combien/], ['0', /plus grand que zéro/], ['-5', /sans signe moins/], ['9999999', /un million/],
  ]) {
    await fill(page, { amount });
    await press(page, 'Relire');
    assert.match(await page.locator('main').innerText(), sentence);
  }
});

async function logIn(page, login) {
  await page.goto(house.url('/connexion', 'mars'));
  await fill(page, { login, password: 'demonstration' });
  await page.locator('main form[action="/connexion"] button').first().click();
  assert.equal(new URL(page.url()).pathname, '/');
}
