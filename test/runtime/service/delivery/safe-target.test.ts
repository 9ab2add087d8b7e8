import { describe, expect, it } from 'vitest';
import { isPublicAddress, safeTarget } from '../../../../runtime/service/delivery/safe-target.ts';

describe('an address that a webhook may go to', () => {
  it.each(['93.184.216.34', '8.8.8.8', '2a00:1450:4009:820::200e', '::ffff:8.8.8.8'])('%s is public', (address) =>
    expect(isPublicAddress(address)).toBe(true),
  );

  it.each([
    '127.0.0.1',
    '10.1.2.3',
    '172.31.255.255',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '0.0.0.0',
    '224.0.0.1',
    '255.255.255.255',
    '::1',
    '::',
    'fd00::1',
    'fe80::1',
    '::ffff:127.0.0.1',
    '::ffff:7f00:1',
    '64:ff9b::7f00:1',
    'not an address',
  ])('%s is not', (address) => expect(isPublicAddress(address)).toBe(false));
});

describe('a webhook target', () => {
  const resolve = (address: string) => async () => [{ address, family: 4 }];

  it('is the address that was checked, so that a second answer of the name server changes nothing', async () => {
    expect(await safeTarget(new URL('https://example.org/x'), false, resolve('93.184.216.34'))).toEqual({
      address: '93.184.216.34',
      family: 4,
    });
  });

  it.each([
    ['a name that leads inside', 'https://inside.example.org/', '10.0.0.1'],
    ['plain http', 'http://example.org/', '93.184.216.34'],
    ['a file', 'file:///etc/passwd', '93.184.216.34'],
    ['a name and password in the address', 'https://a:b@example.org/', '93.184.216.34'],
    ['an address in decimal, which the URL reads as 127.0.0.1', 'https://2130706433/', '93.184.216.34'],
    ['an IPv6 address of this machine', 'https://[::1]/', '93.184.216.34'],
  ])('is refused for %s', async (_what, url, address) => {
    await expect(safeTarget(new URL(url), false, resolve(address))).rejects.toThrow();
  });

  it('is refused when one of several addresses is private', async () => {
    const both = async () => [
      { address: '93.184.216.34', family: 4 },
      { address: '192.168.0.1', family: 4 },
    ];
    await expect(safeTarget(new URL('https://example.org/'), false, both)).rejects.toThrow(/not on the open internet/);
  });
});
