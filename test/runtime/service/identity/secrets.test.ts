import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keyedHash, seal, unseal } from '../../../../runtime/service/identity/secrets.ts';

describe('a keyed hash', () => {
  it('is the HMAC-SHA-256 that anybody else makes, for keys shorter and longer than a block', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 200 }), fc.string({ unit: 'grapheme-composite' }), (secret, text) => {
        const expected = createHmac('sha256', secret).update(text).digest('base64url');
        expect([keyedHash(secret, text), keyedHash(secret, text)]).toEqual([expected, expected]);
      }),
    );
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
