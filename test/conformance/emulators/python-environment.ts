import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { preparedFolder, TOOLS } from './prepared-folder.ts'
import { runProgram } from './run-program.ts'

const REQUIREMENTS = fileURLToPath(new URL('../requirements.txt', import.meta.url))
const OLDEST = [3, 11] as const
const ABOUT = 'import json, sys; print(json.dumps([list(sys.version_info[:3]), sys.executable, sys.platform]))'
const VERSION_DIGITS = 12

const HINTS = {
  python: `Python ${OLDEST.join('.')} or later is needed: apt-get install python3 python3-venv`,
  venv: 'A virtual environment is needed: apt-get install python3-venv',
  pip: 'The packages of test/conformance/requirements.txt must be within reach of pip.',
} as const

export interface PythonEnvironment {
  /** The interpreter that has the packages of `requirements.txt`. */
  readonly python: string
  /** botocore's folder of service models. */
  readonly models: string
}

/** The environment with the packages of `requirements.txt`, made when it is missing or they have changed. */
export async function pythonEnvironment(parent = TOOLS): Promise<PythonEnvironment> {
  const about = await runProgram({ command: 'python3', args: ['-c', ABOUT], hint: HINTS.python })
  const [[major, minor]] = JSON.parse(about) as [number[]]
  if (major !== OLDEST[0] || (minor ?? 0) < OLDEST[1]) throw new Error(`python3 is ${major}.${minor}. ${HINTS.python}`)
  const version = createHash('sha256')
    .update(about)
    .update(await readFile(REQUIREMENTS))
    .digest('hex')
  const folder = await preparedFolder(parent, 'python', version.slice(0, VERSION_DIGITS), install)
  const models = join(folder, 'lib', `python${major}.${minor}`, 'site-packages', 'botocore', 'data')
  return { python: interpreter(folder), models }
}

async function install(folder: string): Promise<void> {
  await runProgram({ command: 'python3', args: ['-m', 'venv', folder], hint: HINTS.venv })
  // Compiling all of it beforehand would take as long as fetching it; Python compiles what is imported.
  const args = ['-m', 'pip', 'install', '--quiet', '--no-compile', '--disable-pip-version-check', '-r', REQUIREMENTS]
  await runProgram({ command: interpreter(folder), args, hint: HINTS.pip })
}

/** Its programs carry the folder that they were installed in; modules run by the interpreter may be moved. */
function interpreter(folder: string): string {
  return join(folder, 'bin', 'python')
}
