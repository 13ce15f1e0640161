import { randomUUID } from 'node:crypto'
import type { Random } from '../../ports/time.ts'

/** The machine's own chance: ids of 122 random bits. */
export const machineRandom: Random = { unit: Math.random, id: randomUUID }
