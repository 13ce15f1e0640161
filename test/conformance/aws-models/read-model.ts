import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import type { ServiceModel } from './model.ts'

/**
 * The newest model of a service.
 * @param folder botocore's `data`
 * @param name botocore's name, for example `sesv2`
 */
export async function readModel(folder: string, name: string): Promise<ServiceModel> {
  if (!existsSync(join(folder, name))) throw new Error(`botocore has no model ${name}`)
  // Versions are dates: the last is the newest. Old ones may have nothing but endpoints.
  const versions = (await readdir(join(folder, name))).toSorted().toReversed()
  for (const version of versions) {
    const file = join(folder, name, version, 'service-2.json')
    if (existsSync(`${file}.gz`)) return asModel(name, gunzipSync(await readFile(`${file}.gz`)))
    if (existsSync(file)) return asModel(name, await readFile(file))
  }
  throw new Error(`botocore's ${name} has no service-2.json`)
}

function asModel(name: string, json: Buffer): ServiceModel {
  return { ...JSON.parse(json.toString()), name }
}
