import * as z from 'zod'
import { dataCategory, resident } from './fields.ts'

const MOST_FACTS = 50
const MOST_CHARACTERS = 8_000
const DEEPEST = 5
const FACTS = 'an object of facts by name, such as {"dataCategories": ["personal"], "residents": ["DE"]}'
const VALUE = `JSON of at most ${DEEPEST} levels`
const NAME = 'a name of 1 to 64 letters, digits, dots, dashes or underscores'

const value = z.unknown().refine((given) => isShallow(given, DEEPEST), { error: VALUE })

/**
 * What was found out, by name. The two that Muster decides from are checked; any other is kept on the record as it is.
 * At least one and at most 50, within 8,000 characters.
 */
export const facts = z
  .object(
    {
      dataCategories: z.array(dataCategory, { error: 'a list of data categories' }).max(20).optional(),
      residents: z.array(resident, { error: 'a list of countries' }).max(50).optional(),
    },
    { error: FACTS },
  )
  .catchall(value)
  .superRefine((given, context) => {
    const refuse = (message: string, path: string[] = []) => context.addIssue({ code: 'custom', message, path })
    const named = Object.entries(given).filter(([, fact]) => fact !== undefined)
    for (const [name] of named) if (!/^[A-Za-z0-9._-]{1,64}$/.test(name) || name === '__proto__') refuse(NAME, [name])
    if (!named.some(([, fact]) => !(Array.isArray(fact) && fact.length === 0))) refuse('at least one fact')
    if (named.length > MOST_FACTS) refuse(`at most ${MOST_FACTS} facts at once`)
    if (JSON.stringify(given).length > MOST_CHARACTERS) refuse(`facts of at most ${MOST_CHARACTERS} characters in all`)
  })

function isShallow(given: unknown, levels: number): boolean {
  if (typeof given !== 'object' || given === null) return true
  return levels > 0 && Object.values(given).every((part) => isShallow(part, levels - 1))
}
