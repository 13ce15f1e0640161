import type { Attribute, Item } from '../../../shared/ports/table.ts'

const KB = 1024
/** DynamoDB keeps and bills so much beside each item, and each row of an index. */
const ITEM_OVERHEAD_BYTES = 100

/** Strongly consistent: one unit for each 4 KB begun, and one for what is not there. Eventually consistent: half. */
export function readUnits(bytes: number, consistency: 'strong' | 'eventual'): number {
  const whole = Math.max(1, Math.ceil(bytes / (4 * KB)))
  return consistency === 'strong' ? whole : whole / 2
}

/** One unit for each KB begun of the larger of both: the item before and after. A refused condition costs the same. */
export function writeUnits(beforeBytes: number, afterBytes: number): number {
  return Math.max(1, Math.ceil(Math.max(beforeBytes, afterBytes) / KB))
}

/** The size that counts: names and values, in UTF-8. Source: the developer guide's "item sizes and formats". */
export function itemBytes(item: Item): number {
  return Object.entries(item).reduce((sum, [name, value]) => sum + Buffer.byteLength(name) + valueBytes(value), 0)
}

function valueBytes(value: Attribute): number {
  if (typeof value === 'string') return Buffer.byteLength(value)
  if (typeof value === 'boolean') return 1
  return 1 + Math.ceil(String(Math.abs(value)).replace('.', '').length / 2)
}

/** What an item takes up, with its rows in the two indexes, which have its keys only. */
export function storedBytes(item: Item): number {
  const { pk, sk } = item
  const rows = [pick(item, 'duePk', 'dueAt'), pick(item, 'listPk', 'listAt')].filter((row) => row !== null)
  const inIndexes = rows.map((row) => itemBytes({ pk, sk, ...row }) + ITEM_OVERHEAD_BYTES)
  return itemBytes(item) + ITEM_OVERHEAD_BYTES + inIndexes.reduce((sum, bytes) => sum + bytes, 0)
}

function pick(item: Item, partition: string, sort: string): Record<string, Attribute> | null {
  const [a, b] = [item[partition], item[sort]]
  return a === undefined || b === undefined ? null : { [partition]: a, [sort]: b }
}

/** SQS bills each 64 KB of a request. */
export function sqsRequests(bytes: number): number {
  return Math.max(1, Math.ceil(bytes / (64 * KB)))
}

/** GSM 03.38: what a text may hold at seven bits a character, and what takes two places there. */
const ONE_PLACE =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà'
const TWO_PLACES = '\f^{}\\[~]|€'

/** The parts that a text is billed as: 160 places in one, 153 a part in several; 70 and 67 with any other character. */
export function textParts(text: string): number {
  const characters = [...text]
  const isPlain = characters.every((one) => ONE_PLACE.includes(one) || TWO_PLACES.includes(one))
  if (!isPlain) return parts(text.length, 70, 67)
  return parts(
    characters.reduce((sum, one) => sum + (TWO_PLACES.includes(one) ? 2 : 1), 0),
    160,
    153,
  )
}

function parts(places: number, alone: number, each: number): number {
  return places <= alone ? 1 : Math.ceil(places / each)
}
