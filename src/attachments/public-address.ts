import { BlockList, isIP } from 'node:net'

/**
 * Not public, according to IANA's registry of special-purpose addresses
 * (https://www.iana.org/assignments/iana-ipv4-special-registry); plus multicast and everything above it.
 */
const SPECIAL_V4: readonly [network: string, prefix: number][] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.31.196.0', 24],
  ['192.52.193.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['192.175.48.0', 24],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
  // Looks public, but inside Azure it is a platform service.
  ['168.63.129.16', 32],
]

/**
 * Exceptions in 2000::/3, the only public range. They include the ranges that embed IPv4 addresses (6to4, Teredo).
 * IPv4-mapped, IPv4-compatible, NAT64 and local addresses are outside 2000::/3.
 */
const SPECIAL_V6: readonly [network: string, prefix: number][] = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['2620:4f:8000::', 48],
  ['3ffe::', 16],
  ['3fff::', 20],
]

const special = new BlockList()
for (const [network, prefix] of SPECIAL_V4) special.addSubnet(network, prefix, 'ipv4')
for (const [network, prefix] of SPECIAL_V6) special.addSubnet(network, prefix, 'ipv6')

const globalUnicastV6 = new BlockList()
globalUnicastV6.addSubnet('2000::', 3, 'ipv6')

/** Whether an IPv4 or IPv6 address, in standard notation, is on the public internet. */
export function isPublicAddress(address: string): boolean {
  switch (isIP(address)) {
    case 4:
      return !special.check(address, 'ipv4')
    case 6:
      return globalUnicastV6.check(address, 'ipv6') && !special.check(address, 'ipv6')
    default:
      return false
  }
}
