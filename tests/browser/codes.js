// The codes that an application of codes shows.

import { createHmac } from 'node:crypto';

/**
 * What an application with this secret shows at this moment (RFC 6238), or so many steps later: a
 * clock may be one step ahead.
 */
export function shown(letters, ahead = 0) {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bits = [...letters.replace(/\s/g, '')]
    .map((it) => alphabet.indexOf(it).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from(bits.match(/.{8}/g).map((it) => Number.parseInt(it, 2)));
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + ahead));
  const mac = createHmac('sha1', key).update(step).digest();
  const code = mac.readUInt32BE(mac[19] & 15) & 0x7fffffff;
  return String(code % 1_000_000).padStart(6, '0');
}
