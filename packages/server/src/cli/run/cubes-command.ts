import { createInterface } from 'node:readline'
import { Readable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { AppError } from '@almanac/core/errors.ts'
import { Command } from 'commander'
import type { VerifyLine } from '../../cubes/cubes-admin.ts'
import type { CubesStatusAnswer } from '../../http/manage/data/cube-routes.ts'
import { askServer, callServer, type ServerAddress } from '../api-client.ts'
import { counted, formatTable } from '../ask/format-rows.ts'
import type { CommandDeps } from '../command-deps.ts'
import { bytesText, countText } from '../import/report/figures.ts'
import { progressLine } from './progress-line.ts'

export interface CubesDeps extends CommandDeps {
  /** Of standard error, where progress is shown. */
  readonly isTerminal: boolean
  readonly setExitCode: (code: number) => void
}

interface RangeFlags {
  readonly from?: string
  readonly to?: string
  readonly dataDir: string
}

export function cubesCommand(deps: CubesDeps): Command {
  const command = new Command('cubes').description('See how far the cubes are computed, check them, compute them anew')
  const withDataDir = (one: Command) => one.option('--data-dir <dir>', 'the data directory', deps.defaultDataDir)
  const ofCube = (name: string, description: string) =>
    withDataDir(command.command(name).description(description).argument('<cube>', 'its name'))
  const withRange = (one: Command) =>
    one
      .option('--from <moment>', 'first day, such as 2026-05-17, or an instant (default: the first there is)')
      .option('--to <moment>', 'the day or instant after the last one (default: the last there is)')

  withDataDir(command.command('status').description('List the cubes and how far they are computed'))
    .addHelpText('after', '\nExample:\n  almanac cubes status')
    .action(async ({ dataDir }: { dataDir: string }) => {
      const cubes = await deps.withServer(dataDir, readStatus)
      deps.stdout(formatTable({ columns: COLUMNS, rows: cubes.map(statusRow) }))
      for (const { name, reason } of cubes) if (reason !== null) deps.stderr(`${name}: ${reason}\n`)
    })

  withRange(ofCube('verify', 'Make every bucket of a cube once more and compare'))
    .option('--repair', 'compute those that differ anew')
    .addHelpText(
      'after',
      '\nIt ends with 1 when buckets differ. Ctrl-C stops it.\n\nExample:\n  almanac cubes verify web --from 2026-05-01',
    )
    .action(async (cube: string, { dataDir, repair, ...range }: RangeFlags & { repair?: true }) => {
      const end = await deps.withServer(dataDir, (server) =>
        verify(server, cube, { ...range, ...(repair && { repair }) }, deps),
      )
      const { hour, day, month } = end.checked
      deps.stderr(`${counted(hour, 'hour')}, ${counted(day, 'day')} and ${counted(month, 'month')} were compared: `)
      deps.stderr(end.different === 0 ? 'all are right.\n' : `${counted(end.different, 'bucket')} differed.\n`)
      if (end.repaired > 0) deps.stderr('They are computed anew; until then they are read from the raw rows.\n')
      if (end.different > end.repaired) deps.setExitCode(1)
    })

  withRange(ofCube('rebuild', 'Compute a cube anew, and wait until it is done'))
    .option('--no-wait', 'come back at once; it goes on in the background')
    .addHelpText(
      'after',
      '\nFigures stay right meanwhile. Stopped, it goes on in the background.\n\nExample:\n  almanac cubes rebuild web --from 2026-05-01',
    )
    .action(async (cube: string, { dataDir, wait, ...range }: RangeFlags & { wait: boolean }) => {
      await deps.withServer(dataDir, async (server) => {
        const { hours } = JSON.parse(await callServer(server, 'POST', pathOf(cube, 'rebuild'), range))
        deps.stderr(`${counted(hours, 'hour')} will be computed anew.\n`)
        if (wait) await untilComputed(server, cube, deps)
      })
    })

  for (const [action, description] of [
    ['pause', 'Stop computing a cube for now; what is touched is read from the raw rows'],
    ['resume', 'Go on with computing a cube'],
  ] as const) {
    ofCube(action, description)
      .addHelpText('after', `\nExample:\n  almanac cubes ${action} web`)
      .action(async (cube: string, { dataDir }: { dataDir: string }) => {
        await deps.withServer(dataDir, (server) => callServer(server, 'POST', pathOf(cube, action)))
      })
  }
  return command
}

const pathOf = (cube: string, action: string) => `/api/v1/cubes/${encodeURIComponent(cube)}/${action}`

type Status = CubesStatusAnswer['cubes'][number]

async function readStatus(server: ServerAddress): Promise<Status[]> {
  const answer: CubesStatusAnswer = JSON.parse(await callServer(server, 'GET', '/api/v1/cubes/status'))
  return answer.cubes
}

const COLUMNS = ['cube', 'state', 'hours', 'touched', 'days', 'months', 'rows', 'size', 'of raw', 'computed', 'left']

function statusRow(cube: Status): (string | number)[] {
  const { name, state, isPaused, buckets, rows, bytes, rawBytes, lastComputedAt, secondsLeft } = cube
  return [
    name,
    isPaused ? `${state}, paused` : state,
    buckets.hours.total,
    buckets.hours.touched + buckets.days.touched + buckets.months.touched,
    buckets.days.total,
    buckets.months.total,
    rows,
    bytesText(bytes),
    rawBytes === 0 ? '' : `${((bytes / rawBytes) * 100).toFixed(1)} %`,
    lastComputedAt ?? '',
    secondsLeft === null ? '' : durationText(secondsLeft),
  ]
}

function durationText(seconds: number): string {
  if (seconds < 90) return `${seconds} s`
  return seconds < 5400 ? `${Math.round(seconds / 60)} min` : `${(seconds / 3600).toFixed(1)} h`
}

type VerifyEnd = Extract<VerifyLine, { type: 'end' }>

async function verify(server: ServerAddress, cube: string, request: object, deps: CubesDeps): Promise<VerifyEnd> {
  const answer = await askServer(server, 'POST', pathOf(cube, 'verify'), request)
  const progress = progressLine(deps)
  for await (const text of createInterface({
    input: Readable.fromWeb((answer.body ?? new ReadableStream()) as never),
  })) {
    const line: VerifyLine = JSON.parse(text)
    if (line.type === 'end') {
      progress.end()
      return line
    }
    if (line.different.length > 0) progress.end()
    for (const { level, start, rows, hasStrayRows } of line.different) {
      deps.stdout(`${level} ${start}: ${counted(rows, 'row')} ${hasStrayRows ? 'too many' : 'differ'}\n`)
    }
    progress.update(line.done / line.of, line.month)
  }
  progress.end()
  throw new AppError('query_failed', `The check of ${cube} ended in the middle`, {
    hint: 'Look into logs/server.log of the data directory, then try again.',
  })
}

const POLL_MS = 500

async function untilComputed(server: ServerAddress, name: string, deps: CubesDeps): Promise<void> {
  const progress = progressLine(deps)
  try {
    for (let most = 0; ; await sleep(POLL_MS)) {
      const [cube] = (await readStatus(server)).filter((one) => one.name === name)
      const touched = cube?.buckets.hours.touched ?? 0
      most = Math.max(most, touched)
      if (touched === 0 || !cube) return
      if (cube.isPaused)
        throw new AppError('conflict', `The cube ${name} is paused`, { hint: `almanac cubes resume ${name}` })
      const pace = cube.rowsPerSecond === null ? '' : `, ${countText(cube.rowsPerSecond)} rows/s`
      const left = cube.secondsLeft === null ? '' : `, ${durationText(cube.secondsLeft)} left`
      progress.update(1 - touched / most, `${counted(touched, 'hour')} to go${pace}${left}`)
    }
  } finally {
    progress.end()
  }
}
