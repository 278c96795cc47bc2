import type { FilterDimension } from './dashboard-search.ts'

interface ValueLabel {
  readonly label: string
  readonly mark: string | undefined
}

/** A dimension's value in words: `404` is `Not Found`, `DE` is `Germany`, and an empty one says what it means. */
export function valueLabel(dimension: FilterDimension, value: string, locale?: string): ValueLabel {
  if (value === '') return { label: EMPTY[dimension], mark: undefined }
  if (dimension === 'country') return { label: countryName(value, locale), mark: value }
  if (dimension === 'status') return { label: STATUS[value] ?? 'Other', mark: value }
  return { label: value, mark: undefined }
}

const EMPTY: Record<FilterDimension, string> = {
  path: 'No page',
  referrer: 'Direct or within the site',
  country: 'Unknown country',
  browser: 'Unknown browser',
  status: 'No status',
  source: 'No source',
}

const STATUS: Readonly<Record<string, string>> = {
  0: 'No status',
  200: 'OK',
  201: 'Created',
  204: 'No Content',
  206: 'Partial Content',
  301: 'Moved Permanently',
  302: 'Found',
  303: 'See Other',
  304: 'Not Modified',
  307: 'Temporary Redirect',
  308: 'Permanent Redirect',
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  408: 'Request Timeout',
  410: 'Gone',
  416: 'Range Not Satisfiable',
  429: 'Too Many Requests',
  499: 'Client Closed Request',
  500: 'Internal Server Error',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
  504: 'Gateway Timeout',
}

function countryName(code: string, locale: string | undefined): string {
  try {
    return new Intl.DisplayNames(locale, { type: 'region' }).of(code) ?? code
  } catch {
    return code
  }
}
