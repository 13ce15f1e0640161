import { kmsLinkSigner, kmsLinkVerifier } from '../../shared/adapters/kms/link-signer.ts'
import { kmsNoteCipher } from '../../shared/adapters/kms/note-cipher.ts'
import { InTestKms } from './in-test-kms.ts'
import { describeLinkContract } from './link-contract.ts'
import { describeNoteCipherContract } from './note-cipher-contract.ts'

async function startedKms(): Promise<InTestKms> {
  const kms = new InTestKms()
  await kms.start()
  return kms
}

describeLinkContract('KMS', async () => {
  const kms = await startedKms()
  return {
    signer: kmsLinkSigner(kms.key('links')),
    verifier: kmsLinkVerifier(kms.key('links')),
    stranger: kmsLinkVerifier(kms.key('other-links')),
    close: () => kms.stop(),
  }
})

describeNoteCipherContract('KMS', async () => {
  const kms = await startedKms()
  return {
    cipher: kmsNoteCipher(kms.key('notes')),
    stranger: kmsNoteCipher(kms.key('other-notes')),
    close: () => kms.stop(),
  }
})
