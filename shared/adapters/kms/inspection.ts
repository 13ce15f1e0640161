import { DescribeKeyCommand, GetKeyRotationStatusCommand, type KMSClient } from '@aws-sdk/client-kms'
import type { KeyInspection } from '../../ports/inspection.ts'
import { look, lookFor } from '../../ports/look.ts'

/** Keys by their ids. */
export function keyInspection(client: KMSClient): KeyInspection {
  return {
    key: (keyId) =>
      lookFor('kms:DescribeKey', async () => {
        const { KeyMetadata } = await client.send(new DescribeKeyCommand({ KeyId: keyId }))
        return { state: KeyMetadata?.KeyState ?? 'unknown', canRotate: KeyMetadata?.KeySpec === 'SYMMETRIC_DEFAULT' }
      }),
    rotates: (keyId) =>
      look('kms:GetKeyRotationStatus', async () => {
        const { KeyRotationEnabled } = await client.send(new GetKeyRotationStatusCommand({ KeyId: keyId }))
        return KeyRotationEnabled === true
      }),
  }
}
