import { describeTableContract } from './table-contract.ts'
import { dynaliteTable } from './table-dynalite.ts'

describeTableContract('DynamoDB', dynaliteTable)
