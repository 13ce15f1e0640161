import { createHash } from 'node:crypto'

/** One clock per incident, obligation, legal entity and role: the same four always have the same short id. */
export function clockId(incidentId: string, obligationId: string, entityId: string, role: string): string {
  const key = [incidentId, obligationId, entityId, role].join('|')
  return `clk-${createHash('sha256').update(key).digest('hex').slice(0, 10)}`
}
