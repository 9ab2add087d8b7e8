import { lookup } from 'node:dns/promises';
import { BlockList, isIP } from 'node:net';
import { DeliveryFailure } from './channel.ts';

/** Networks that a webhook never goes to: this machine, private and link-local ranges, clouds' metadata, multicast, reserved. */
const closed = new BlockList();
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const)
  closed.addSubnet(network, prefix, 'ipv4');
for (const [network, prefix] of [
  ['::', 128],
  ['::1', 128],
  ['64:ff9b::', 96],
  ['100::', 64],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
] as const)
  closed.addSubnet(network, prefix, 'ipv6');

/** Whether an address is one that the open internet has. */
export function isPublicAddress(address: string): boolean {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return isPublicAddress(mapped);
  const family = isIP(address);
  if (family === 0) return false;
  // An IPv4 address in hexadecimal at the end of a mapped one is refused as a whole.
  if (family === 6 && /^::(?:ffff:)?[0-9a-f]{1,4}:[0-9a-f]{1,4}$/i.test(address)) return false;
  return !closed.check(address, family === 4 ? 'ipv4' : 'ipv6');
}

export type Resolve = (host: string) => Promise<{ address: string; family: number }[]>;

const resolveAll: Resolve = (host) => lookup(host, { all: true });

/**
 * The address to connect to: the very one that was checked, so that a second answer of the name server changes nothing (N9).
 * Throws a DeliveryFailure for anything but https to a public address; `allowPrivate` is for tests and local stand-ins.
 */
export async function safeTarget(
  url: URL,
  allowPrivate: boolean,
  resolve: Resolve = resolveAll,
): Promise<{ address: string; family: number }> {
  if (url.protocol !== 'https:' && !(allowPrivate && url.protocol === 'http:'))
    throw new DeliveryFailure(`webhooks go to https addresses only, not ${url.protocol}//`);
  if (url.username !== '' || url.password !== '')
    throw new DeliveryFailure('a webhook address holds no name or password');
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const family = isIP(host);
  const found = family === 0 ? await resolve(host) : [{ address: host, family }];
  const wrong = found.find(({ address }) => !allowPrivate && !isPublicAddress(address));
  if (wrong) throw new DeliveryFailure(`${url.hostname} leads to ${wrong.address}, which is not on the open internet`);
  const [first] = found;
  if (!first) throw new Error(`${url.hostname} has no address`);
  return first;
}
