import { handle, type LambdaEvent } from 'hono/aws-lambda'
import { createKmsClient } from '../../shared/adapters/kms/client.ts'
import { kmsLinkSigner, kmsLinkVerifier } from '../../shared/adapters/kms/link-signer.ts'
import { kmsNoteCipher } from '../../shared/adapters/kms/note-cipher.ts'
import { newIntakeMemory } from '../../shared/app/intake-memory.ts'
import { receiveEvents } from '../../shared/app/receive-events.ts'
import { PERSON } from '../../shared/app/run-command.ts'
import { STORE_VARIABLES, storeDependencies } from '../../shared/doors/dependencies.ts'
import { door } from '../../shared/doors/door.ts'
import { readEnvironment } from '../../shared/doors/environment.ts'
import { createApi } from './api.ts'

const env = readEnvironment(...STORE_VARIABLES, 'MUSTER_LINK_KEY', 'MUSTER_FORM_KEY', 'MUSTER_NOTE_KEY')
const deps = storeDependencies(env)
const client = createKmsClient({ region: env.AWS_REGION })
const memory = newIntakeMemory()
const formKey = { client, keyId: env.MUSTER_FORM_KEY }

const api = createApi({
  ...deps,
  // Who sends links may only sign them, who opens them may only verify; what a page hides is another key's.
  verifier: kmsLinkVerifier({ client, keyId: env.MUSTER_LINK_KEY }),
  forms: { ...kmsLinkSigner(formKey), ...kmsLinkVerifier(formKey) },
  cipher: kmsNoteCipher({ client, keyId: env.MUSTER_NOTE_KEY }),
  intake: (events, keep) =>
    receiveEvents({ ...deps, memory }, events, { now: deps.time.now(), patience: PERSON, tellsSeverity: true }, keep),
})
const answer = handle(api)

/** The API, the console and the acknowledge pages behind an HTTP API. */
export const handler = door((event: LambdaEvent) => answer(event))
