/**
 * The word of `known` that `word` was probably meant to be: the same but for case, hyphens and underscores, or one
 * letter wrong, missing, too many or swapped with its neighbour. Undefined when none is that near.
 */
export function nearestTo(word: string, known: readonly string[]): string | undefined {
  const wanted = plain(word)
  return known.find((other) => plain(other) === wanted) ?? known.find((other) => oneSlipApart(wanted, plain(other)))
}

function plain(word: string): string {
  return word.toLowerCase().replaceAll(/[-_ ]/g, '')
}

function oneSlipApart(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false
  let start = 0
  while (start < a.length && a[start] === b[start]) start += 1
  let end = 0
  while (end < Math.min(a.length, b.length) - start && a.at(-1 - end) === b.at(-1 - end)) end += 1
  const [left, right] = [a.slice(start, a.length - end), b.slice(start, b.length - end)]
  if (left.length <= 1 && right.length <= 1) return true
  return left.length === 2 && right.length === 2 && left[0] === right[1] && left[1] === right[0]
}
