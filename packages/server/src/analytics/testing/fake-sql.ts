import { Readable } from 'node:stream'
import type { SqlService } from '../sql-service.ts'

const LIMITS = { seconds: 30, rows: 100_000, rowsToRead: null, memoryBytes: 2_000_000_000 }

/** SQL that no engine runs: every statement answers with a 1. */
export function fakeSql(overrides: Partial<SqlService> = {}): SqlService {
  return {
    run: async ({ id = 'made-by-the-server' }) => ({
      id,
      columns: [{ name: '1', type: 'UInt8' }],
      rows: [[1]],
      rowsRead: 1,
      bytesRead: 1,
      elapsedMs: 0.1,
      truncated: false,
      limits: LIMITS,
    }),
    download: async ({ id = 'made-by-the-server', format }) => ({
      id,
      stream: Readable.from([Buffer.from(`1 as ${format}\n`)]),
      rowCount: 1,
      truncated: false,
      limits: LIMITS,
    }),
    list: async () => [],
    find: async (id, { name }) => ({ ...NOTHING_YET, id, owner: name }),
    cancel: async () => {},
    schema: async () => ({ databases: [], cubes: [], functions: [] }),
    ...overrides,
  }
}

const NOTHING_YET = { rowsRead: 0, rowsToRead: null, bytesRead: 0, memoryBytes: 0, elapsedMs: 0 }
