/** No provider nests deeper, and everything that writes and answers JSON by recursion still can. */
const MOST_LEVELS = 500

/** An event as JSON text; one that is nested too deep to be written and answered as such is a text itself: its JSON. */
export function quarantinedText(event: unknown): string {
  if (isDeep(event)) return JSON.stringify(deepText(event))
  return JSON.stringify(event) ?? 'null'
}

/** The event that was put into quarantine; what is a text and no JSON came as that. */
export function eventAsItCame(event: unknown): unknown {
  if (typeof event !== 'string') return event
  try {
    return JSON.parse(event)
  } catch {
    return event
  }
}

function isDeep(event: unknown): boolean {
  let level: unknown[] = [event]
  for (let depth = 0; depth <= MOST_LEVELS; depth += 1) {
    level = level.flatMap((value) => (typeof value === 'object' && value !== null ? Object.values(value) : []))
    if (level.length === 0) return false
  }
  return true
}

/** What is still to be written: text as it stands, or a value. */
type Left = { readonly text: string } | { readonly value: unknown }

/** Without recursion, which such an event would take too far. */
function deepText(event: unknown): string {
  const written: string[] = []
  const left: Left[] = [{ value: event }]
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    if ('text' in next) written.push(next.text)
    else if (typeof next.value !== 'object' || next.value === null) written.push(JSON.stringify(next.value) ?? 'null')
    else for (const part of partsOf(next.value).reverse()) left.push(part)
  }
  return written.join('')
}

function partsOf(value: object): Left[] {
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}']
  const members = Object.entries(value).flatMap(([name, member], index): Left[] => {
    const comma = index === 0 ? '' : ','
    return [{ text: Array.isArray(value) ? comma : `${comma}${JSON.stringify(name)}:` }, { value: member }]
  })
  return [{ text: open }, ...members, { text: close }]
}
