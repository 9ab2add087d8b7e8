import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keyedHash } from '../../../../runtime/service/identity/secrets.ts';

describe('the keyed hash of a request', () => {
  it('is HMAC-SHA256, for keys and texts of any length', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 200, unit: 'binary' }), fc.string({ unit: 'binary' }), (key, text) => {
        expect(keyedHash(key, text)).toBe(createHmac('sha256', key).update(text).digest('base64url'));
      }),
    );
  });
});
