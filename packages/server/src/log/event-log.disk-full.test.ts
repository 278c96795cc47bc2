import { execFileSync } from 'node:child_process'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import type { FullDiskOutcome } from './testing/full-disk-child.ts'
import { scratchDirectory } from './testing/scratch.ts'

const CHILD = fileURLToPath(new URL('./testing/full-disk-child.ts', import.meta.url))
// In a mount namespace of its own the small disk is gone with the process, however that ends.
const asRoot = process.getuid?.() === 0
const UNSHARE = 'unshare'
const NAMESPACE = asRoot ? ['--mount'] : ['--user', '--map-root-user', '--mount']
const onSmallDisk = (megabytes: number, disk: string, ...command: string[]) => {
  const script = `mount -t tmpfs -o size=${megabytes}m tmpfs "$0" && exec "$@"`
  return execFileSync(UNSHARE, [...NAMESPACE, 'sh', '-c', script, disk, ...command], { encoding: 'utf8' })
}

// Without the right to mount, the same behaviour is tested with injected failures in event-log.test.ts.
test.skipIf(!canMount()).each([
  { megabytes: 4, isWrittenAhead: false },
  { megabytes: 14, isWrittenAhead: true },
])(
  'on a disk of $megabytes MB the log refuses when it is full and goes on when space is freed',
  async ({ megabytes, isWrittenAhead }) => {
    await using scratch = await scratchDirectory()
    const disk = join(scratch.path, 'disk')
    await mkdir(disk)
    const outcome: FullDiskOutcome = JSON.parse(onSmallDisk(megabytes, disk, process.execPath, CHILD, disk))
    expect(outcome).toMatchObject({
      refusal: {
        code: 'disk_full',
        message: expect.stringMatching(/needs [\d.]+ MB of free disk, and [\d.]+ MB are free/),
      },
      refusedAtOnce: 'disk_full',
      acknowledgedAfter: 2,
      isEveryAcknowledgedThere: true,
      isFileCutToDurableEnd: true,
      stateAfter: 'open',
      isWrittenAhead,
    })
    const bytesBefore = outcome.acknowledgedBefore * 10_000
    expect(bytesBefore).toBeGreaterThan((megabytes - 2) * 1e6 * 0.9)
  },
  30_000,
)

function canMount(): boolean {
  try {
    onSmallDisk(4, '/tmp', 'true')
    return true
  } catch {
    return false
  }
}
