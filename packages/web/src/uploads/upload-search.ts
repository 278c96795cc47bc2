/** What the address of an upload's page says beside its name. */
export interface UploadSearch {
  /** A file that is to be looked at before it is loaded. */
  readonly file?: string | undefined
  /** The columns and measures are being changed. */
  readonly edit?: boolean | undefined
}

export function parseUploadSearch(raw: Record<string, unknown>): UploadSearch {
  return {
    ...(typeof raw.file === 'string' && { file: raw.file }),
    ...((raw.edit === true || raw.edit === 'true') && { edit: true }),
  }
}
