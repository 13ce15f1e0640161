import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { readDeployedStack } from './cost/deployed-stack.ts'
import { meterMonths } from './cost/months.ts'
import { costReport } from './cost/report.ts'
import { TEXT_PART_USD, type TextCountry } from './list-prices.ts'

const PAGE = 'docs/cost.md'
const PAGE_COUNTRY: TextCountry = 'DE'

const [word, ...more] = process.argv.slice(2)
const country = word?.startsWith('--country=') ? word.slice('--country='.length) : undefined
const isKnown = word === undefined || word === '--check' || (country !== undefined && isCountry(country))
if (!isKnown || more.length > 0) {
  console.error(`Usage: npm run cost -- [--check | --country=${Object.keys(TEXT_PART_USD).join('|')}]`)
  process.exit(2)
}
const months = await meterMonths(readDeployedStack())
if (country !== undefined && isCountry(country)) console.log(costReport(months, country))
else write(costReport(months, PAGE_COUNTRY))

function isCountry(text: string): text is TextCountry {
  return Object.hasOwn(TEXT_PART_USD, text)
}

function write(text: string): void {
  if (word !== '--check') {
    writeFileSync(PAGE, text)
    return
  }
  const isSame = existsSync(PAGE) && readFileSync(PAGE, 'utf8') === text
  if (!isSame) console.error(`${PAGE} is not what \`npm run cost\` writes`)
  process.exit(isSame ? 0 : 1)
}
