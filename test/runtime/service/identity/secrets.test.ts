import { describe, expect, it } from 'vitest';
import { keyedHash, seal, unseal } from '../../../../runtime/service/identity/secrets.ts';

describe('a keyed hash', () => {
  it('is HMAC-SHA-256 (RFC 4231, case 2)', () => {
    const expected = '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843';
    expect(Buffer.from(keyedHash('Jefe', 'what do ya want for nothing?'), 'base64url').toString('hex')).toBe(expected);
  });
});

describe('sealing', () => {
  it('takes another nonce each time, and what is sealed opens again', () => {
    const key = Buffer.alloc(32, 7);
    const sealed = Array.from({ length: 1000 }, (_, at) => seal(key, `ref:${at}`, { at }));
    expect(new Set(sealed.map((text) => text.slice(0, 16))).size).toBe(1000);
    expect(sealed.map((text, at) => unseal(key, `ref:${at}`, text))).toEqual(sealed.map((_, at) => ({ at })));
  });
});
