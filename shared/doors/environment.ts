import * as z from 'zod/mini'

const URL_TEXT = 'a URL that begins with https:// or http://'
const url = z.string({ error: URL_TEXT }).check(z.regex(/^https?:\/\/\S+$/, { error: URL_TEXT }))
const NAME = 'text of 1 to 2,048 characters'
const name = z.string({ error: NAME }).check(z.minLength(1, { error: NAME }), z.maxLength(2048, { error: NAME }))

/** Queues by the kind of channel, as JSON: `{"email": "https://…"}`. */
const QUEUES = 'JSON such as {"email": "https://…"}'
const queuesByChannel = z.pipe(
  z.string({ error: QUEUES }),
  z.transform((text: string, context) => {
    const parsed = z.record(z.string(), url).safeParse(jsonOrNull(text))
    if (parsed.success) return parsed.data
    context.issues.push({ code: 'custom', message: QUEUES, input: text })
    return z.NEVER
  }),
)

/** Every variable that a function may be given, and what it must look like. */
const VARIABLES = {
  AWS_REGION: name,
  MUSTER_INCIDENTS_TABLE: name,
  MUSTER_FINDINGS_TABLE: name,
  MUSTER_WAKES_QUEUE: url,
  MUSTER_MESSAGES_QUEUES: queuesByChannel,
  MUSTER_OTHER_MESSAGES_QUEUE: url,
  /** The queue that a function reads from, and where it puts what can't be done. */
  MUSTER_OWN_QUEUE: url,
  MUSTER_DEAD_LETTERS: url,
  /** Of the kind of channel that a sender serves; `other` for kinds without an adapter. */
  MUSTER_CHANNEL: name,
  MUSTER_LINK_KEY: name,
  MUSTER_FORM_KEY: name,
  MUSTER_NOTE_KEY: name,
  /** Where links in messages lead, without a slash at the end. */
  MUSTER_PUBLIC_URL: url,
  MUSTER_MAIL_FROM: name,
  MUSTER_MAIL_CONFIGURATION_SET: name,
  MUSTER_SMS_IDENTITY: name,
  MUSTER_SMS_CONFIGURATION_SET: name,
} as const

export type VariableName = keyof typeof VARIABLES
export type Environment<Name extends VariableName> = { readonly [Key in Name]: z.output<(typeof VARIABLES)[Key]> }

/**
 * The variables that a function needs, read once when it starts.
 * @throws Error that names each one that is missing or wrong, and what was expected.
 */
export function readEnvironment<Name extends VariableName>(...names: readonly Name[]): Environment<Name> {
  const wrong: string[] = []
  const read: Partial<Record<VariableName, unknown>> = {}
  for (const variable of names) {
    const parsed = VARIABLES[variable].safeParse(process.env[variable])
    if (parsed.success) read[variable] = parsed.data
    else wrong.push(`${variable}: expected ${parsed.error.issues[0]?.message}`)
  }
  if (wrong.length > 0) throw new Error(`the environment is not complete: ${wrong.join('; ')}`)
  return read as Environment<Name>
}

function jsonOrNull(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
