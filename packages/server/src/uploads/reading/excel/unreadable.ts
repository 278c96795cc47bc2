import { AppError } from '@almanac/core/errors.ts'

export function unreadable(why: string, cause?: unknown): AppError {
  return new AppError('invalid_request', `The Excel file cannot be read: ${why}`, {
    hint: 'Open it in Excel, save it again as .xlsx, or save the sheet as CSV.',
    cause,
  })
}
