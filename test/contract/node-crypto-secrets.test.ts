import { linkSigner } from '../../shared/adapters/node-crypto/link-signer.ts'
import { noteCipher } from '../../shared/adapters/node-crypto/note-cipher.ts'
import { describeLinkContract } from './link-contract.ts'
import { describeNoteCipherContract } from './note-cipher-contract.ts'

const [key, strange] = [Buffer.alloc(32, 7), Buffer.alloc(32, 8)]
const close = async (): Promise<void> => {}

describeLinkContract('node-crypto', async () => {
  const signer = linkSigner(key)
  return { signer, verifier: signer, stranger: linkSigner(strange), close }
})

describeNoteCipherContract('node-crypto', async () => ({
  cipher: noteCipher(key),
  stranger: noteCipher(strange),
  close,
}))
