const EFFECT_ID = /^([A-Za-z0-9][A-Za-z0-9-]{0,63})\.[1-9]\d{0,8}\.[1-9]\d{0,8}$/

/** Names one message: its incident, the commit that asked for it, and its place in there, both from 1. */
export function effectIdOf(incidentId: string, sequence: number, place: number): string {
  return `${incidentId}.${sequence}.${place}`
}

/** The incident that a message belongs to; null for what is no effect's id. */
export function incidentOfEffect(effectId: string): string | null {
  return EFFECT_ID.exec(effectId)?.[1] ?? null
}
