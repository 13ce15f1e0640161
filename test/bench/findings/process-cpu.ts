import { readFileSync } from 'node:fs'

/** Linux counts a process's time in these. */
const TICKS_PER_SECOND = 100
const UTIME = 11
const STIME = 12

/** What a process has used of processors so far, its threads included; in steps of 10 ms. Linux only. */
export function cpuMsOf(pid: number): number {
  const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
  // The name, in parentheses, may hold anything.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
  return ((Number(fields[UTIME]) + Number(fields[STIME])) * 1000) / TICKS_PER_SECOND
}

/** The most memory that a process has held, in MB. Linux only. */
export function mostMemoryMbOf(pid: number): number {
  const [, kilobytes = '0'] = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
  return Number(kilobytes) / 1024
}
