import { isRecord } from './tolerant-schema.ts'

const MOST_CHARS = 200_000
type Statement = Record<string, unknown>

/** Whether an IAM policy lets anybody in: `*` for a principal, without a condition that bounds it. */
export function isPublicPolicy(policy: unknown): boolean {
  return allowing(policy).some(
    (statement) => !hasCondition(statement) && principalsOf(statement).some((principal) => principal === '*'),
  )
}

/** Whether an IAM policy allows every action on every resource. */
export function isUnboundedPolicy(policy: unknown): boolean {
  return allowing(policy).some(({ Action, Resource }) => {
    const actions = textsIn(Action)
    return textsIn(Resource).includes('*') && (actions.includes('*') || actions.includes('*:*'))
  })
}

/** The accounts whose principals an IAM policy lets in. */
export function trustedAccounts(policy: unknown): string[] {
  return allowing(policy)
    .flatMap(principalsOf)
    .flatMap((principal) => /^(?:arn:[^:]+:(?:iam|sts)::)?(\d{12})(?::|$)/.exec(principal)?.[1] ?? [])
}

/** Statements that allow; services write policies as an object or as JSON text. */
function allowing(policy: unknown): Statement[] {
  const document = typeof policy === 'string' ? parsed(policy) : policy
  if (!isRecord(document)) return []
  const { Statement: said } = document
  const statements: unknown[] = Array.isArray(said) ? said.slice(0, 500) : [said]
  return statements.filter(isRecord).filter(({ Effect }) => Effect === 'Allow')
}

function parsed(text: string): unknown {
  if (text.length > MOST_CHARS) return undefined
  try {
    return JSON.parse(text.startsWith('%7B') ? decodeURIComponent(text) : text)
  } catch {
    return undefined
  }
}

function principalsOf({ Principal }: Statement): string[] {
  return isRecord(Principal) ? textsIn(Principal.AWS) : textsIn(Principal)
}

function hasCondition({ Condition }: Statement): boolean {
  return isRecord(Condition) && Object.keys(Condition).length > 0
}

function textsIn(value: unknown): string[] {
  const values: unknown[] = Array.isArray(value) ? value : [value]
  return values.filter((one): one is string => typeof one === 'string')
}
