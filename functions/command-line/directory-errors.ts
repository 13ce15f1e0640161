import type { FileError } from './ask.ts'
import { plainText } from './table-text.ts'

/** `people.yml:12 responders[0].zone: found "Mars", expected …` */
export function errorLine(file: string, { path, line, found, expected }: FileError): string {
  return plainText(`${file}:${line ?? '-'} ${path}: found ${found}, expected ${expected}`)
}

/** `people.yml:31 policies[0].seats[0]: warning, …` */
export function warningLine(
  file: string,
  { path, line, text }: Omit<FileError, 'found' | 'expected'> & { text: string },
): string {
  return plainText(`${file}:${line ?? '-'} ${path}: warning, ${text}`)
}
