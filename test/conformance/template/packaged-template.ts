import { readFileSync } from 'node:fs'
import { inject } from 'vitest'
import type { Template } from './template.ts'

/** The template that was packaged for this run, read anew: whoever breaks it breaks only their own. */
export function packagedTemplate(): Template {
  return JSON.parse(readFileSync(inject('templatePath'), 'utf8')) as Template
}
