import { MemoryTable } from '../../../shared/adapters/memory/table.ts'
import { readCommit } from '../../../shared/app/rows/commit-row.ts'
import type { Directory } from '../../../shared/core/directory/directory.ts'
import { TransientFault } from '../../../shared/ports/faults.ts'
import type { IndexName, Item, Key, Table, TableName } from '../../../shared/ports/table.ts'
import type { Evidence } from './evidence.ts'
import type { Instance } from './instance.ts'
import { ModelledIndex } from './modelled-index.ts'
import type { World } from './world.ts'

/** The database as the processes see it: true to the port, and no better than it promises. */
export class ModelledTable {
  readonly base = new MemoryTable()
  readonly #indexes: Readonly<Record<IndexName, ModelledIndex>>
  readonly #world: World
  readonly #evidence: Evidence
  /** Told of each stored commit, in the order of storing: the stream. */
  onCommit: (incidentId: string, sequence: number) => void = () => undefined

  constructor(world: World, evidence: Evidence) {
    this.#world = world
    this.#evidence = evidence
    this.#indexes = { due: new ModelledIndex(world, 'due'), list: new ModelledIndex(world, 'list') }
  }

  viewFor(instance: Instance): Table {
    const { base } = this
    return {
      get: (table, key) => this.#read(instance, () => base.get(table, key)),
      batchGet: (reads) => this.#read(instance, () => this.#batchGet(reads)),
      query: (table, query) => {
        if (query.descending) this.#noteLoad(instance, query.pk)
        return this.#read(instance, () => base.query(table, query))
      },
      queryIndex: (_table, index, query) => this.#read(instance, async () => this.#indexes[index].query(query)),
      scan: (table) => base.scan(table),
      scanPage: (table, page) => this.#read(instance, () => base.scanPage(table, page)),
      put: (table, item, conditions) => this.#write(instance, table, item, () => base.put(table, item, conditions)),
      update: (table, key, change, conditions) =>
        this.#write(instance, table, key, () => base.update(table, key, change, conditions)),
      delete: (table, key, conditions) => this.#write(instance, table, key, () => base.delete(table, key, conditions)),
      putMany: (table, items) => this.#read(instance, () => base.putMany(table, items)),
    }
  }

  #read<T>(instance: Instance, apply: () => Promise<T>): Promise<T> {
    if (!this.#world.faults.strikes('throttled')) return this.#world.call(instance, apply)
    return this.#world.call<T>(instance, async () => {
      throw new TransientFault('throttled')
    })
  }

  /** A fault of a write: before it, after it, or with the write landing when nobody waits any more. */
  #write(instance: Instance, table: TableName, key: Key, apply: () => Promise<boolean>): Promise<boolean> {
    const world = this.#world
    const { faults, random } = world
    const take = async () => {
      const done = await apply()
      if (done) await this.#taken(table, key)
      return done
    }
    if (faults.strikes('late-write')) {
      this.#harm(instance, key)
      return world.call(instance, async () => {
        world.after(random.integer(50, 15_000), () => void take())
        throw new TransientFault('timed out')
      })
    }
    if (faults.strikes('answer-lost')) {
      this.#harm(instance, key)
      return world.call(instance, async () => {
        await take()
        throw new TransientFault('no answer')
      })
    }
    if (faults.strikes('throttled')) this.#harm(instance, key)
    else return world.call(instance, take)
    return world.call(instance, async () => {
      throw new TransientFault('throttled')
    })
  }

  #harm(instance: Instance, { pk }: Key): void {
    if (instance.kind === 'sender' && pk.startsWith('FX#')) this.#evidence.harmed(pk.slice('FX#'.length))
  }

  async #batchGet(reads: Parameters<Table['batchGet']>[0]): ReturnType<Table['batchGet']> {
    const some = reads.length > 1 && this.#world.faults.strikes('left-over-keys')
    const kept = some ? this.#world.random.integer(0, reads.length - 1) : reads.length
    const { items, leftOver } = await this.base.batchGet(reads.slice(0, kept))
    return { items, leftOver: [...leftOver, ...reads.slice(kept)] }
  }

  /** From here on a sender knows what has been committed. */
  #noteLoad(instance: Instance, pk: string): void {
    if (instance.kind !== 'sender' || !pk.startsWith('INC#')) return
    this.#evidence.readBegan(instance, pk.slice('INC#'.length), this.#world.order)
  }

  async #taken(table: TableName, key: Key): Promise<void> {
    const world = this.#world
    world.order += 1
    if (table !== 'incidents') return
    const item = await this.base.get(table, key)
    const seen = item ?? { pk: key.pk, sk: key.sk }
    this.#indexes.due.follow(seen)
    this.#indexes.list.follow(seen)
    if (item === null) return
    if (key.sk === 'HEAD') this.#evidence.largestHead = Math.max(this.#evidence.largestHead, String(item.body).length)
    if (key.pk === 'DIR' && key.sk === 'NOW') await this.#directoryChanged(item)
    if (key.sk.startsWith('C#') && typeof item.duePk === 'string') this.#commitStored(item)
  }

  #commitStored(item: Item): void {
    const { realMs, order } = this.#world
    const commit = readCommit(item)
    this.#evidence.committed({ commit, order, realMs, bytes: String(item.body).length })
    this.#world.trace?.add(
      this.#world,
      commit.incidentId,
      `commit ${commit.sequence} by ${commit.actor}: ${describe(commit.events)}`,
    )
    this.onCommit(commit.incidentId, commit.sequence)
  }

  async #directoryChanged({ versionId }: Item): Promise<void> {
    const { items } = await this.base.query('incidents', { pk: `DIR#${versionId}` })
    const directory = JSON.parse(items.map(({ body }) => String(body)).join('')) as Directory
    this.#evidence.directories.push({ order: this.#world.order, directory })
    this.#world.trace?.add(this.#world, null, `directory ${versionId}`)
  }
}

function describe(events: readonly { readonly type: string; readonly data: object }[]): string {
  return events.map(({ type, data }) => `${type}${detail(data as Record<string, unknown>)}`).join(', ')
}

function detail({ role, responderId, channelId, effectId, reason }: Record<string, unknown>): string {
  const parts = [role, responderId, channelId, effectId, reason].filter((part) => typeof part === 'string')
  return parts.length === 0 ? '' : `(${parts.join(' ')})`
}
