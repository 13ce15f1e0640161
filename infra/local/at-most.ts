/** Lets at most so many pieces of work run at once; the others wait in order. */
export function atMost(count: number): <Answer>(work: () => Promise<Answer>) => Promise<Answer> {
  let free = count
  const waiting: (() => void)[] = []
  const done = () => {
    const next = waiting.shift()
    if (next) next()
    else free += 1
  }
  return async (work) => {
    if (free > 0) free -= 1
    else await new Promise<void>((resolve) => waiting.push(resolve))
    try {
      return await work()
    } finally {
      done()
    }
  }
}
