import { ACK } from './ack.ts'
import { DIRECTORY_CHECK } from './directory-check.ts'
import { DIRECTORY_EXPORT } from './directory-export.ts'
import { DIRECTORY_IMPORT } from './directory-import.ts'
import { DOCTOR } from './doctor.ts'
import { FINDINGS_EXPLAIN } from './findings-explain.ts'
import { FINDINGS_IGNORED } from './findings-ignored.ts'
import { FINDINGS_NORMALIZE } from './findings-normalize.ts'
import { INCIDENTS } from './incidents.ts'
import { MERGE } from './merge.ts'
import { ON_CALL } from './on-call.ts'
import { QUARANTINE_LIST, QUARANTINE_SHOW } from './quarantine.ts'
import { QUARANTINE_RETRY } from './quarantine-retry.ts'
import { REDRIVE } from './redrive.ts'
import { SPLIT } from './split.ts'
import { defineGroup } from './verb.ts'
import { VERIFY } from './verify.ts'

/** Every verb, by its place. */
export const MUSTER = defineGroup(
  'calls the right people to a security incident. What is not offline asks MUSTER_URL, http://127.0.0.1:8787 by default; doctor and redrive ask AWS',
  {
    findings: defineGroup(
      'findings normalize FILE… (offline): what Muster makes of event files; explain FILE…: why; ignored: what did not page',
      { normalize: FINDINGS_NORMALIZE, explain: FINDINGS_EXPLAIN, ignored: FINDINGS_IGNORED },
    ),
    quarantine: defineGroup('quarantine list, show ID, retry ID or --all: events that fitted no schema', {
      list: QUARANTINE_LIST,
      show: QUARANTINE_SHOW,
      retry: QUARANTINE_RETRY,
    }),
    directory: defineGroup('directory check FILE (offline), import FILE, export: people, rotations, policies', {
      check: DIRECTORY_CHECK,
      import: DIRECTORY_IMPORT,
      export: DIRECTORY_EXPORT,
    }),
    'on-call': ON_CALL,
    incidents: INCIDENTS,
    ack: ACK,
    merge: MERGE,
    split: SPLIT,
    verify: VERIFY,
    doctor: DOCTOR,
    redrive: REDRIVE,
  },
)
