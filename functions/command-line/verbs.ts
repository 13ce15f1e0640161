import { ACK } from './ack.ts'
import { DIRECTORY_CHECK } from './directory-check.ts'
import { DIRECTORY_EXPORT } from './directory-export.ts'
import { DIRECTORY_IMPORT } from './directory-import.ts'
import { DOCTOR } from './doctor.ts'
import { FINDINGS_NORMALIZE } from './findings-normalize.ts'
import { INCIDENTS } from './incidents.ts'
import { ON_CALL } from './on-call.ts'
import { REDRIVE } from './redrive.ts'
import { defineGroup } from './verb.ts'
import { VERIFY } from './verify.ts'

/** Every verb, by its place. */
export const MUSTER = defineGroup(
  'calls the right people to a security incident. What is not offline asks MUSTER_URL, http://127.0.0.1:8787 by default; doctor and redrive ask AWS',
  {
    findings: defineGroup('findings normalize FILE…: what Muster makes of event files, offline', {
      normalize: FINDINGS_NORMALIZE,
    }),
    directory: defineGroup('directory check FILE (offline), import FILE, export: people, rotations, policies', {
      check: DIRECTORY_CHECK,
      import: DIRECTORY_IMPORT,
      export: DIRECTORY_EXPORT,
    }),
    'on-call': ON_CALL,
    incidents: INCIDENTS,
    ack: ACK,
    verify: VERIFY,
    doctor: DOCTOR,
    redrive: REDRIVE,
  },
)
