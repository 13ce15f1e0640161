import { CloudFormationClient } from '@aws-sdk/client-cloudformation'

/** The region that `AWS_REGION` or the profile names; null when neither does. */
export async function ownRegion(): Promise<string | null> {
  const client = new CloudFormationClient({})
  try {
    return await client.config.region()
  } catch (error) {
    if (error instanceof Error && error.message === 'Region is missing') return null
    throw error
  } finally {
    client.destroy()
  }
}
