// A program that nobody here wrote gets access: the whole dance by a certified client, with a
// browser, and on something without one.

import assert from 'node:assert/strict';
import { createServer, request } from 'node:http';
import { after, test } from 'node:test';

import * as oauth from 'oauth4webapi';

import { DESKTOP, PHONE, inspect, logIn, mainText, open } from './house.js';

const house = await open();

/** Node knows no `*.localhost`: it connects to the loopback and names the host. */
function ask(address, { method = 'GET', headers = {}, body } = {}) {
  const { host, pathname, search } = new URL(address);
  const sent = { ...Object.fromEntries(new Headers(headers)), host };
  const options = { host: '127.0.0.1', port: house.port, method, path: pathname + search, headers: sent };
  return new Promise((done, fail) => {
    const asked = request(options, (answer) => {
      const pieces = [];
      answer.on('data', (piece) => pieces.push(piece));
      answer.on('end', () => {
        const { statusCode: status, headers: told } = answer;
        done(new Response(Buffer.concat(pieces), { status, headers: Object.entries(told).flatMap(
          ([name, value]) => [value].flat().map((it) => [name, it]),
        ) }));
      });
    });
    asked.on('error', fail);
    asked.end(body?.toString());
  });
}

const HOW = { [oauth.allowInsecureRequests]: true, [oauth.customFetch]: ask };
const ALONE = oauth.None();

/** The server of SEL de Mars, as it describes itself, and a program that has introduced itself. */
async function introduced(redirect) {
  const issuer = new URL(house.url('', 'mars'));
  const described = await oauth.discoveryRequest(issuer, { ...HOW, algorithm: 'oauth2' });
  const server = await oauth.processDiscoveryResponse(issuer, described);
  const answer = await oauth.dynamicClientRegistrationRequest(server, {
    client_name: 'Carnet de poche', redirect_uris: [redirect],
  }, HOW);
  const client = await oauth.processDynamicClientRegistrationResponse(answer);
  return { server, client };
}

/** The program's own little server, where the browser comes back to. */
async function home() {
  const came = [];
  const server = createServer((asked, answer) => {
    if (asked.url.startsWith('/retour')) came.push(asked.url);
    answer.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Carnet de poche</h1>');
  });
  await new Promise((done) => { server.listen(0, '127.0.0.1', done); });
  after(() => server.close());
  return { came, address: `http://127.0.0.1:${server.address().port}/retour` };
}

function authorization(server, client, redirect, challenge, scope = 'account.read') {
  const address = new URL(server.authorization_endpoint);
  const asked = {
    client_id: client.client_id, redirect_uri: redirect, response_type: 'code', scope,
    state: 'a-state', code_challenge: challenge, code_challenge_method: 'S256',
  };
  for (const [name, value] of Object.entries(asked)) address.searchParams.set(name, value);
  return address;
}

async function balance(secret) {
  const answer = await ask(house.url('/api/v1/account', 'mars'), {
    headers: { authorization: `Bearer ${secret}` },
  });
  return answer.status;
}

test('a program gets access by a code, once, and gives it up', async () => {
  const { came, address: redirect } = await home();
  const { server, client } = await introduced(redirect);
  const verifier = oauth.generateRandomCodeVerifier();
  const challenge = await oauth.calculatePKCECodeChallenge(verifier);
  const page = await house.page(PHONE);
  // Nobody is logged in: one comes back to the question afterwards.
  await page.goto(authorization(server, client, redirect, challenge).href);
  await page.locator('main [name="login"]').fill('12');
  await page.locator('main [name="password"]').fill('demonstration');
  await page.locator('main form[action="/connexion"] button').first().click();
  assert.match(await mainText(page), /« Carnet de poche » demande à agir au SEL de Mars au nom de Claire/);
  await inspect(page, 'grant');
  await page.getByRole('button', { name: 'Oui, donner cet accès' }).click();
  await page.getByText('Carnet de poche').waitFor();
  const back = new URL(came[0], redirect);
  const params = oauth.validateAuthResponse(server, client, back, 'a-state');
  const fetch = async (proof) => oauth.processAuthorizationCodeResponse(
    server, client,
    await oauth.authorizationCodeGrantRequest(server, client, ALONE, params, redirect, proof, HOW),
  );
  await assert.rejects(fetch(oauth.generateRandomCodeVerifier()), /invalid_grant|error/);
  const given = await fetch(verifier);
  assert.equal(given.scope, 'account.read');
  assert.equal(await balance(given.access_token), 200);
  // Who saw the code and shows it again ends what it gave.
  await assert.rejects(fetch(verifier));
  assert.equal(await balance(given.access_token), 401);
});

test('a program gives up what it was given', async () => {
  const { came, address: redirect } = await home();
  const { server, client } = await introduced(redirect);
  const verifier = oauth.generateRandomCodeVerifier();
  const challenge = await oauth.calculatePKCECodeChallenge(verifier);
  const page = await house.page(DESKTOP);
  await logIn(house, page, '12');
  await page.goto(authorization(server, client, redirect, challenge).href);
  await page.getByRole('button', { name: 'Oui, donner cet accès' }).click();
  await page.getByText('Carnet de poche').waitFor();
  const params = oauth.validateAuthResponse(server, client, new URL(came[0], redirect), 'a-state');
  const answer = await oauth.authorizationCodeGrantRequest(
    server, client, ALONE, params, redirect, verifier, HOW,
  );
  const given = await oauth.processAuthorizationCodeResponse(server, client, answer);
  assert.equal(await balance(given.access_token), 200);
  await page.goto(house.url('/compte/acces', 'mars'));
  assert.match(await mainText(page), /Carnet de poche/);
  const over = await oauth.revocationRequest(server, client, ALONE, given.access_token, HOW);
  await oauth.processRevocationResponse(over);
  assert.equal(await balance(given.access_token), 401);
});

test('who says no is believed, and an address that was not named gets nothing', async () => {
  const { came, address: redirect } = await home();
  const { server, client } = await introduced(redirect);
  const challenge = await oauth.calculatePKCECodeChallenge(oauth.generateRandomCodeVerifier());
  const page = await house.page(DESKTOP);
  await logIn(house, page, '12');
  await page.goto(authorization(server, client, redirect, challenge).href);
  await page.getByRole('button', { name: 'Non' }).click();
  await page.getByText('Carnet de poche').waitFor();
  const said = new URL(came[0], redirect).searchParams;
  assert.equal(said.get('error'), 'access_denied');
  assert.equal(said.get('state'), 'a-state');
  const elsewhere = authorization(server, client, `${redirect}/ailleurs`, challenge);
  assert.equal((await page.goto(elsewhere.href)).status(), 400);
  await house.look(page, 'grant-wrong');
  const forged = authorization(server, { client_id: `${client.client_id}A` }, redirect, challenge);
  assert.equal((await page.goto(forged.href)).status(), 400);
  const odd = authorization(server, client, redirect, challenge, 'everything');
  await page.goto(odd.href);
  // Who pressed nothing is not sent away at once.
  assert.equal(came.length, 1);
  await page.getByRole('link', { name: 'Continuer' }).click();
  await page.getByText('Carnet de poche').waitFor();
  assert.equal(new URL(came[1], redirect).searchParams.get('error'), 'invalid_scope');
  // What Claire has not got, she cannot lend.
  const rights = authorization(server, client, redirect, challenge, 'rights account.read');
  await page.goto(rights.href);
  assert.doesNotMatch(await mainText(page), /droits au bureau/);
});

test('a device without a keyboard gets access by eight letters', async () => {
  const { server, client } = await introduced('fr.exemple.carnet:/retour');
  const scope = new URLSearchParams({ scope: 'notices.read account.read' });
  const asked = await oauth.deviceAuthorizationRequest(server, client, ALONE, scope, HOW);
  const device = await oauth.processDeviceAuthorizationResponse(server, client, asked);
  const poll = async () => oauth.processDeviceCodeResponse(server, client,
    await oauth.deviceCodeGrantRequest(server, client, ALONE, device.device_code, HOW));
  await assert.rejects(poll(), (trouble) => trouble.error === 'authorization_pending');
  await assert.rejects(poll(), (trouble) => trouble.error === 'slow_down');
  const page = await house.page(PHONE);
  await logIn(house, page, '12');
  await page.goto(device.verification_uri);
  await inspect(page, 'grant-device');
  await page.locator('#code').fill('zzzz-zzzz');
  await page.getByRole('button', { name: 'Continuer' }).click();
  assert.match(await mainText(page), /Aucun appareil n’attend sous ce code/);
  await page.locator('#code').fill(device.user_code.toLowerCase().replace('-', ' '));
  await page.getByRole('button', { name: 'Continuer' }).click();
  assert.match(await mainText(page), /Lire les annonces/);
  await inspect(page, 'grant-for-a-device');
  await page.getByRole('button', { name: 'Oui, donner cet accès' }).click();
  assert.match(await mainText(page), /l’appareil reçoit son accès/);
  const given = await poll();
  assert.equal(await balance(given.access_token), 200);
  await assert.rejects(poll(), (trouble) => trouble.error === 'invalid_grant');
});
