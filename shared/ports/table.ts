/**
 * What Muster needs of a database: the primitives of DynamoDB that the design uses, and no more. Items are flat; what is
 * nested is kept as JSON text, so that a hash over it survives storage to the byte.
 */
export type TableName = 'incidents' | 'findings'

export interface Key {
  readonly pk: string
  readonly sk: string
}

export type Attribute = string | number | boolean
export type Item = Key & { readonly [attribute: string]: Attribute }

/**
 * The two sparse, keys-only indexes. An item is in `due` while it has `duePk` and `dueAt`, in `list` while it has
 * `listPk` and `listAt`. An index row is a hint: it may be late, early or of an item that has changed since.
 */
export type IndexName = 'due' | 'list'
export type IndexRow = Key & { readonly at: string }

/** A condition on the stored item; every one given must hold. */
export type Condition =
  | { readonly kind: 'absent' }
  | { readonly kind: 'present' }
  /** The item is there and its attribute equals the value. */
  | { readonly kind: 'equal'; readonly attribute: string; readonly value: Attribute }
  /** The item is not there, or its attribute is lower than the value (numbers and strings by their own order). */
  | { readonly kind: 'absent-or-lower'; readonly attribute: string; readonly value: Attribute }
  /** The item is there and its attribute is lower than the value. */
  | { readonly kind: 'lower'; readonly attribute: string; readonly value: Attribute }

export interface Query {
  readonly pk: string
  /** Inclusive bounds of the sort key. */
  readonly from?: string
  readonly until?: string
  readonly descending?: boolean
  /** Items a page, at most 1,000. */
  readonly limit?: number
  /** Continue after this sort key (exclusive), as the last answer's `next` said. */
  readonly after?: string
}

export interface IndexQuery {
  readonly pk: string
  /** Inclusive bounds of the index's sort key. */
  readonly from?: string
  readonly until?: string
  readonly descending?: boolean
  readonly limit: number
  /** Continue after this row, as the last answer's `next` said. */
  readonly after?: IndexRow
}

export interface ScanPage {
  /** Items a page, at most 1,000. */
  readonly limit?: number
  /** Continue after this item (exclusive), as the last answer's `next` said; it need not be there any more. */
  readonly after?: Key
}

export interface TableRead {
  readonly table: TableName
  readonly key: Key
}

/**
 * Every read of base tables is strongly consistent. A method rejects with `TransientFault` when the outcome is unknown
 * or the service asks to come back; a condition that does not hold is an answer (`false`), never a fault.
 */
export interface Table {
  get(table: TableName, key: Key): Promise<Item | null>
  /** At most 100 keys. What the service did not answer comes back in `leftOver`, to be asked again. */
  batchGet(
    reads: readonly TableRead[],
  ): Promise<{ items: readonly { table: TableName; item: Item }[]; leftOver: readonly TableRead[] }>
  /** True when stored, false when a condition does not hold. */
  put(table: TableName, item: Item, conditions?: readonly Condition[]): Promise<boolean>
  /** Changes an item that is there; false when it is not, or a condition does not hold. */
  update(
    table: TableName,
    key: Key,
    change: { readonly set?: Readonly<Record<string, Attribute>>; readonly remove?: readonly string[] },
    conditions?: readonly Condition[],
  ): Promise<boolean>
  /** True when the item is gone, also when it was not there; false when a condition does not hold. */
  delete(table: TableName, key: Key, conditions?: readonly Condition[]): Promise<boolean>
  /** At most 25 items, no conditions. Items that were not written come back. */
  putMany(table: TableName, items: readonly Item[]): Promise<readonly Item[]>
  query(table: TableName, query: Query): Promise<{ items: readonly Item[]; next: string | null }>
  queryIndex(
    table: TableName,
    index: IndexName,
    query: IndexQuery,
  ): Promise<{ rows: readonly IndexRow[]; next: IndexRow | null }>
  /** Every item of a table, page by page: for the local start and for checks, never on the way of a page. */
  scan(table: TableName): AsyncIterable<Item>
  /**
   * One page of a scan, in an order of the service's own. What is there all the while comes once, however long the walk
   * takes and whatever comes or goes meanwhile; `next` is null at the end.
   */
  scanPage(table: TableName, page: ScanPage): Promise<{ items: readonly Item[]; next: Key | null }>
}
