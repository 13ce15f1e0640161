import type { Refusal } from '../incident/commands.ts'

export function notFound(what: string): Refusal {
  return { ok: false, reason: 'NotFound', what }
}

export function forbidden(why: string): Refusal {
  return { ok: false, reason: 'Forbidden', why }
}

export function invalid(field: string, expected: string): Refusal {
  return { ok: false, reason: 'Invalid', field, expected }
}

export function conflict(why: string): Refusal {
  return { ok: false, reason: 'Conflict', why }
}
