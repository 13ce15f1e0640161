import type { Looked } from './looked.ts'
import { fail, judgedThere, ok, type Verdict } from './verdict.ts'

/**
 * Whether a dead-letter queue is empty.
 * @param queue as `muster redrive` calls it.
 */
export function judgeDeadLetters(stack: string, queue: string, count: Looked<number | null>): Verdict {
  const what = `dead letters of ${queue}`
  return judgedThere(what, count, (letters) =>
    letters === 0 ? ok(`${what}: none`) : fail(`${what}: ${letters}`, redriveCommand(stack, queue)),
  )
}

function redriveCommand(stack: string, queue: string): string {
  return `find out why, then npx muster redrive --stack ${stack} --queue ${queue}`
}
