import { CloudFormationClient } from '@aws-sdk/client-cloudformation'

/** How the SDK says that none is set, or that it is set to something else: it has no name for it. */
const NO_REGION = /^Region (is missing|not accepted)/

/** The region that `AWS_REGION` or the profile names; null when neither names one. */
export async function ownRegion(): Promise<string | null> {
  const client = new CloudFormationClient({})
  try {
    return await client.config.region()
  } catch (error) {
    if (error instanceof Error && NO_REGION.test(error.message)) return null
    throw error
  } finally {
    client.destroy()
  }
}
