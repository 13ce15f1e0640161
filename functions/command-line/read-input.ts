import type { Terminal } from './terminal.ts'

/** The text of a file that a word named; null when it cannot be read, which has been said. */
export async function readInput(terminal: Terminal, file: string): Promise<string | null> {
  try {
    return await terminal.read(file)
  } catch (fault) {
    terminal.complain(cannotRead(file, fault))
    return null
  }
}

export function cannotRead(file: string, fault: unknown): string {
  return `${file} cannot be read: ${fault instanceof Error ? fault.message : String(fault)}`
}
