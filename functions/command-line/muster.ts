#!/usr/bin/env node
import { readFile } from 'node:fs/promises'
import { ownTime } from '../../shared/adapters/node-runtime/machine-time.ts'
import { runCommandLine } from './run-command-line.ts'
import { showProgress } from './show-progress.ts'

const url = process.env.MUSTER_URL || 'http://127.0.0.1:8787'

// 1 would say that something was found.
process.on('uncaughtException', (fault) => {
  console.error(fault)
  process.exit(2)
})

// Whoever reads the output may stop early (`| head`): that is no fault.
process.stdout.on('error', (fault: NodeJS.ErrnoException) => {
  if (fault.code !== 'EPIPE') throw fault
  process.exit()
})

// Not process.exit: it would cut off what a pipe has not taken yet.
process.exitCode = await runCommandLine(process.argv.slice(2), {
  print: (text) => process.stdout.write(`${text}\n`),
  complain: (text) => process.stderr.write(`${text}\n`),
  read: (path) => readFile(path, 'utf8'),
  fetch,
  url: url.replace(/\/+$/, ''),
  isUrlGiven: Boolean(process.env.MUSTER_URL),
  now: ownTime.now,
  // Loaded only where it is needed: the clients of AWS take longer to load than most verbs to run.
  account: async (region) => (await import('./deployed-account.ts')).deployedAccount(region),
  progress: showProgress(process.stderr),
})
