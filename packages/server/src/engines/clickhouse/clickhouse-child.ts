/**
 * The process that is the embedded ClickHouse server: it loads libchdb and calls the main function of clickhouse-local
 * in it, which blocks this thread until the server is told to stop.
 *
 * Usage: node clickhouse-child.ts LIBRARY ARGUMENT…
 */
import { writeSync } from 'node:fs'
import ffi from 'ffi-rs'

const [library = '', ...args] = process.argv.slice(2)
// The library decides by this name which of ClickHouse's programs it is.
const argv = ['clickhouse-local', ...args]

ffi.open({ library: 'chdb', path: library })
const result = ffi.load({
  library: 'chdb',
  funcName: 'chdb_query_cmdline',
  retType: ffi.DataType.External,
  paramsType: [ffi.DataType.I32, ffi.DataType.StringArray],
  paramsValue: [argv.length, argv],
})
if (!ffi.isNullPointer(result)) reportError()
// Not process.exit(): the destructors of the library would race with threads that it has left running. All that
// matters is closed by now.
process.kill(process.pid, 'SIGKILL')

/** Problems with arguments and configuration are only in the result; those of queries were already printed. */
function reportError(): void {
  const error = { library: 'chdb', funcName: 'chdb_result_error', paramsType: [ffi.DataType.External] }
  const pointer = ffi.load({ ...error, retType: ffi.DataType.External, paramsValue: [result] })
  if (ffi.isNullPointer(pointer)) return
  writeSync(2, `${ffi.load({ ...error, retType: ffi.DataType.String, paramsValue: [result] })}\n`)
}
