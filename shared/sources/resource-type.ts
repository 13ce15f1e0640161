/**
 * A resource's type in the words of ASFF, which most findings come in, so that one rule meets all: `AwsS3Bucket` of
 * CloudFormation's `AWS::S3::Bucket` and of Inspector's `AWS_ECR_CONTAINER_IMAGE`. Any other word stays.
 */
export function resourceTypeOf(type: string | undefined): string {
  if (type === undefined) return 'Other'
  const parts = type.split(/::|_/)
  const isKnown = /^AWS(?:::[A-Za-z0-9]+)+$/.test(type) || /^[A-Z0-9]+(?:_[A-Z0-9]+)+$/.test(type)
  return isKnown ? parts.map(inCamelCase).join('') : type
}

/** `IAM` becomes `Iam`, `DBSnapshot` `DbSnapshot`; `DynamoDB` `DynamoDb`. */
function inCamelCase(word: string): string {
  return word.replace(/[A-Z]+(?![a-z])/g, (capitals) => capitals.charAt(0) + capitals.slice(1).toLowerCase())
}
