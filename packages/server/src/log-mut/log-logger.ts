/** The part of a pino logger that the log needs. */
export interface LogLogger {
  info(details: object, message: string): void
  warn(details: object, message: string): void
  error(details: object, message: string): void
}

export const silentLogger: LogLogger = { info() {}, warn() {}, error() {} }
