import { randomInt } from 'node:crypto'

const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** A prefixed ULID, as Botpress names everything: ids made later sort later. */
export function newId(
  prefix: 'bot' | 'conv' | 'evt' | 'file' | 'intver' | 'msg' | 'state' | 'user' | 'webhook',
): string {
  return `${prefix}_${encode(Date.now())}${Array.from({ length: 16 }, () => CROCKFORD[randomInt(32)]).join('')}`
}

function encode(time: number): string {
  return Array.from({ length: 10 }, (_, digit) => CROCKFORD[Math.floor(time / 32 ** (9 - digit)) % 32]).join('')
}
