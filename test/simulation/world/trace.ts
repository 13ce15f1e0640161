import type { World } from './world.ts'

interface Line {
  readonly incidentId: string | null
  readonly text: string
}

/** What happened, for whoever reads a failing seed. */
export class Trace {
  readonly #lines: Line[] = []

  add(world: Pick<World, 'realMs' | 'now' | 'order'>, incidentId: string | null, text: string): void {
    const real = (world.realMs / 1000).toFixed(3).padStart(9)
    this.#lines.push({ incidentId, text: `${real}s ${world.now().slice(11, 23)} #${world.order} ${text}` })
  }

  /** The last lines about this incident, with what concerns everybody. */
  last(most: number, incidentId: string | null): string {
    const concerned = this.#lines.filter(
      (line) => incidentId === null || line.incidentId === incidentId || line.incidentId === null,
    )
    return concerned
      .slice(-most)
      .map(({ text }) => text)
      .join('\n')
  }
}
