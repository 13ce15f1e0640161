import type { Table } from '../../../shared/ports/table.ts'
import { WRITING, watchedTable } from './watched-table.ts'

export interface Requests {
  /** Requests, a bulk one counted once. */
  readonly requests: number
  readonly reads: number
  readonly writes: number
}

/** Counts requests and nothing else, so that it takes next to no time: for storms that are timed. */
export class RequestMeter {
  readonly table: Table
  #reads = 0
  #writes = 0

  constructor(table: Table) {
    this.table = watchedTable(table, (method) => {
      if (WRITING.has(method)) this.#writes += 1
      else this.#reads += 1
    })
  }

  /** Since this was last asked. */
  taken(): Requests {
    const [reads, writes] = [this.#reads, this.#writes]
    this.#reads = 0
    this.#writes = 0
    return { requests: reads + writes, reads, writes }
  }
}
