import { existsSync, readdirSync } from 'node:fs'

/** The files under these folders, as paths from the root of the project, that end so. A folder that is not there has none. */
export function filesUnder(folders: readonly string[], ending = ''): string[] {
  return folders.flatMap(filesIn).filter((file) => file.endsWith(ending))
}

function filesIn(folder: string): string[] {
  if (!existsSync(folder)) return []
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile())
  return files.map(({ parentPath, name }) => `${parentPath}/${name}`.replaceAll('\\', '/'))
}
