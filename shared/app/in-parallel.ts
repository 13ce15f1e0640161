/** Runs `work` over all entries, at most `atOnce` at a time; resolves when all are done. */
export async function inParallel<Entry>(
  atOnce: number,
  entries: readonly Entry[],
  work: (entry: Entry) => Promise<void>,
): Promise<void> {
  const left = entries[Symbol.iterator]()
  const worker = async () => {
    for (const entry of left) await work(entry)
  }
  await Promise.all(Array.from({ length: Math.min(atOnce, entries.length) }, worker))
}
