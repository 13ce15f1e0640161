import { PermanentFault } from '../../ports/faults.ts'
import type { Attribute, Item, Key } from '../../ports/table.ts'

/** DynamoDB's own limits, so that nothing passes in memory that the service would refuse. In bytes of UTF-8. */
const ITEM_BYTES = 400 * 1024
export const PAGE_BYTES = 1024 * 1024
export const BATCH_BYTES = 16 * 1024 * 1024
const PARTITION_KEY_BYTES = 2048
const SORT_KEY_BYTES = 1024
const LEAST_NUMBER = 1e-130

const INDEX_PARTITION_KEYS = ['duePk', 'listPk']
const INDEX_SORT_KEYS = ['dueAt', 'listAt']

export function refuse(message: string): never {
  throw new PermanentFault(message)
}

export function checkKey(key: Key): void {
  checkKeyText('pk', key.pk, PARTITION_KEY_BYTES)
  checkKeyText('sk', key.sk, SORT_KEY_BYTES)
}

/** Refuses what DynamoDB refuses in a stored item: keys, index keys, values, size. */
export function checkItem(item: Item): void {
  checkKey(item)
  for (const [name, value] of Object.entries(item)) checkAttribute(name, value)
  for (const name of INDEX_PARTITION_KEYS) checkIndexKey(item, name, PARTITION_KEY_BYTES)
  for (const name of INDEX_SORT_KEYS) checkIndexKey(item, name, SORT_KEY_BYTES)
  const bytes = itemBytes(item)
  if (bytes > ITEM_BYTES) refuse(`the item has ${bytes} bytes, at most ${ITEM_BYTES} are allowed`)
}

export function checkAttribute(name: string, value: unknown): void {
  if (name === '') refuse('an attribute has no name')
  if (typeof value === 'string' || typeof value === 'boolean') return
  if (typeof value !== 'number') refuse(`attribute ${name} is neither text, number nor boolean`)
  if (!Number.isFinite(value) || Math.abs(value) > Number.MAX_SAFE_INTEGER) refuse(`attribute ${name} is out of range`)
  if (value !== 0 && Math.abs(value) < LEAST_NUMBER) refuse(`attribute ${name} is out of range`)
}

export function checkKeyText(name: string, value: unknown, mostBytes = PARTITION_KEY_BYTES): void {
  if (typeof value !== 'string' || value === '') refuse(`key ${name} must be a text that is not empty`)
  if (Buffer.byteLength(value) > mostBytes) refuse(`key ${name} has more than ${mostBytes} bytes`)
}

function checkIndexKey(item: Item, name: string, mostBytes: number): void {
  if (item[name] !== undefined) checkKeyText(name, item[name], mostBytes)
}

/** The size that DynamoDB counts: names and values. */
export function itemBytes(item: Item): number {
  let bytes = 0
  for (const [name, value] of Object.entries(item)) bytes += Buffer.byteLength(name) + valueBytes(value)
  return bytes
}

function valueBytes(value: Attribute): number {
  if (typeof value === 'string') return Buffer.byteLength(value)
  if (typeof value === 'boolean') return 1
  return 1 + Math.ceil(String(Math.abs(value)).length / 2)
}
