/**
 * Orders two strings as DynamoDB does: by their UTF-8 bytes. JavaScript's own order differs where a character outside
 * the basic plane (two surrogates) meets one from U+E000 on, so those code units are moved before they are compared.
 */
export function compareUtf8(left: string, right: string): number {
  const shared = Math.min(left.length, right.length)
  for (let at = 0; at < shared; at += 1) {
    const difference = rank(left.charCodeAt(at)) - rank(right.charCodeAt(at))
    if (difference !== 0) return difference
  }
  return left.length - right.length
}

function rank(codeUnit: number): number {
  if (codeUnit >= 0xe000) return codeUnit - 0x800
  return codeUnit >= 0xd800 ? codeUnit + 0x2000 : codeUnit
}

/** The index of the first row for which `reached` holds; the rows before it are those for which it does not. */
export function firstIndex<Row>(rows: readonly Row[], reached: (row: Row) => boolean): number {
  let low = 0
  let high = rows.length
  while (low < high) {
    const middle = (low + high) >>> 1
    const row = rows[middle]
    if (row === undefined || reached(row)) high = middle
    else low = middle + 1
  }
  return low
}

/** Puts the row in its place; an equal one is replaced. */
export function insertRow<Row>(rows: Row[], row: Row, compare: (left: Row, right: Row) => number): void {
  const at = firstIndex(rows, (other) => compare(other, row) >= 0)
  const there = rows[at]
  rows.splice(at, there !== undefined && compare(there, row) === 0 ? 1 : 0, row)
}

/** Takes the equal row out, if there is one. */
export function removeRow<Row>(rows: Row[], row: Row, compare: (left: Row, right: Row) => number): void {
  const at = firstIndex(rows, (other) => compare(other, row) >= 0)
  const there = rows[at]
  if (there !== undefined && compare(there, row) === 0) rows.splice(at, 1)
}
