// Providers of logins that nobody here wrote: a certified OpenID Connect provider, and what Google
// and Microsoft answer.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after } from 'node:test';

import { createEmulator } from 'emulate';
import Provider from 'oidc-provider';

import { freePort } from './house.js';

const SECRET = 'a-secret-of-the-tests-and-of-nothing-else';

/** The people of the certified provider: what it calls them, and whether it verified their address. */
const PEOPLE = {
  'claire-there': { email: 'claire@exemple.fr', email_verified: true },
  'jean-there': { email: 'jean@exemple.fr', email_verified: false },
  'odette-there': { email: 'odette@ailleurs.example', email_verified: true },
  'nobody-there': {},
};

async function certified(redirect, host = 'localhost') {
  const port = await freePort();
  const issuer = `http://${host}:${port}`;
  const provider = new Provider(issuer, {
    clients: [{
      client_id: 'saline', client_secret: SECRET, redirect_uris: [redirect], grant_types: ['authorization_code'],
    }],
    pkce: { required: () => true },
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
    features: { devInteractions: { enabled: true } },
    findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, ...PEOPLE[id] }) }),
  });
  const server = await new Promise((done) => {
    const listening = provider.listen(port, '127.0.0.1', () => done(listening));
  });
  after(() => new Promise((done) => {
    server.close(done);
    server.closeAllConnections();
  }));
  return issuer;
}

async function emulated(service, redirect) {
  const port = await freePort();
  const seed = {
    [service]: {
      users: [{ email: 'fatima@exemple.fr', name: 'Fatima Benali' }],
      oauth_clients: [
        { client_id: 'saline', client_secret: SECRET, name: 'Saline', redirect_uris: [redirect] },
      ],
    },
  };
  const emulator = await createEmulator({ service, port, seed });
  after(() => emulator.close());
  return emulator.url;
}

/** Starts them all, and answers what tells the demo of them. */
export async function providers(house) {
  const redirect = house.url('/connexion/retour');
  const client = { client_id: 'saline', client_secret: SECRET };
  const oidc = await certified(redirect);
  const google = await emulated('google', redirect);
  const microsoft = await emulated('microsoft', redirect);
  const consumers = `${microsoft}/9188040d-6c67-4c5b-b112-36a304b66dad/v2.0`;
  const list = [
    { key: 'sel-id', name: 'SEL-Id', issuer: oidc, verifies_emails: true, ...client },
    { key: 'google', name: 'Google', issuer: google, verifies_emails: true, client_secret_post: true, ...client },
    { key: 'microsoft', name: 'Microsoft', issuer: consumers, ...client },
    // Who answers there calls itself otherwise.
    { key: 'other', name: 'Autre', issuer: oidc.replace('localhost', '127.0.0.1'), ...client },
    { key: 'away', name: 'Absent', issuer: `http://localhost:${await freePort()}`, ...client },
  ];
  const file = join(house.state, 'logins.json');
  writeFileSync(file, JSON.stringify(list));
  // One that the demo does not know of: a SEL names it.
  house.own = { issuer: await certified(`${redirect}/mars`, '127.0.0.1'), ...client };
  return { SALINE_LOGINS: file, SALINE_REACH: '127.0.0.0/8' };
}

/** At the certified provider: who one is there, and yes. */
export async function agree(page, who) {
  await page.locator('[name="login"]').fill(who);
  await page.locator('[name="password"]').fill('anything');
  await page.getByRole('button').first().click();
  await page.getByRole('button', { name: 'Continue' }).click();
}
