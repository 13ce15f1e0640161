import { BlockList, isIP } from 'node:net'

export interface AddressBlock {
  /** Bits of an address of this family: 32 or 128. */
  readonly width: number
  readonly prefixLength: number
  /** False also for what is no address, or one of the other family. */
  has(address: string): boolean
}

/**
 * Reads `203.0.113.0/24`, `2001:db8::/32` or one address; null when it is none of them. Bits beyond the prefix do not
 * count.
 */
export function addressBlock(text: string): AddressBlock | null {
  const [, network, prefix] = /^([^/%]+)(?:\/(\d{1,3}))?$/.exec(text) ?? []
  if (network === undefined || isIP(network) === 0) return null
  const version = isIP(network)
  const family = version === 6 ? 'ipv6' : 'ipv4'
  const width = version === 6 ? 128 : 32
  const prefixLength = prefix === undefined ? width : Number(prefix)
  if (prefixLength > width) return null
  const block = new BlockList()
  block.addSubnet(network, prefixLength, family)
  return { width, prefixLength, has: (address) => isIP(address) === version && block.check(address, family) }
}
