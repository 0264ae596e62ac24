// A device that keeps keys: the authenticator of Chromium.

/** Gives a page a device that keeps keys, and knows its owner's finger. */
export async function device(page) {
  const wire = await page.context().newCDPSession(page);
  await wire.send('WebAuthn.enable');
  const options = {
    protocol: 'ctap2',
    transport: 'internal',
    hasResidentKey: true,
    hasUserVerification: true,
    isUserVerified: true,
    automaticPresenceSimulation: true,
  };
  const { authenticatorId } = await wire.send('WebAuthn.addVirtualAuthenticator', { options });
  const its = { authenticatorId };
  return {
    /** Whether the finger on it is its owner's. */
    owner: (isUserVerified) => wire.send('WebAuthn.setUserVerified', { ...its, isUserVerified }),
    keys: async () => (await wire.send('WebAuthn.getCredentials', its)).credentials,
    take: (credential) => wire.send('WebAuthn.addCredential', { ...its, credential }),
  };
}
