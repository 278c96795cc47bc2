/**
 * What a request in a web server's log was for. Only a page that was really shown is a page view: a GET that succeeded
 * (304 too: the browser showed it from its cache) of something that is not a file that pages are made of.
 */
export type RequestKind = 'page' | 'asset' | 'api' | 'redirect' | 'error' | 'other'

export function requestKind(
  method: string | undefined,
  url: string | undefined,
  status: number | undefined,
): RequestKind {
  if (status !== undefined && status >= 400) return 'error'
  if (status !== undefined && status >= 300 && status !== 304) return 'redirect'
  if (url === undefined) return 'other'
  const path = pathOf(url)
  if (path.startsWith('/api/') || path.startsWith('/graphql')) return 'api'
  const extension = extensionOf(path)
  if (API_EXTENSIONS.has(extension)) return 'api'
  if (ASSET_EXTENSIONS.has(extension)) return 'asset'
  return method === 'GET' || method === undefined ? 'page' : 'other'
}

const API_EXTENSIONS = new Set(['json', 'jsonp', 'graphql'])
const ASSET_EXTENSIONS = new Set(
  (
    'css js mjs cjs map wasm json5 webmanifest txt log xml rss atom xsl ' +
    'png jpg jpeg gif svg svgz webp avif bmp ico cur tif tiff apng heic ' +
    'woff woff2 ttf otf eot swf ' +
    'mp3 mp4 m4a m4v ogg oga ogv wav webm mov avi flv mpg mpeg m3u8 ts ' +
    'zip gz tgz bz2 xz 7z rar tar dmg exe msi deb rpm apk jar iso bin ' +
    'pdf doc docx xls xlsx ppt pptx csv odt ods epub ics'
  ).split(' '),
)
const LONGEST_EXTENSION = 11

/** Without the query, and without scheme and host where a proxy's log has them. */
function pathOf(url: string): string {
  const end = url.search(/[?#]/)
  const path = end === -1 ? url : url.slice(0, end)
  if (path.startsWith('/')) return path
  const host = path.indexOf('://')
  const slash = host === -1 ? -1 : path.indexOf('/', host + 3)
  return slash === -1 ? '/' : path.slice(slash)
}

function extensionOf(path: string): string {
  const dot = path.lastIndexOf('.')
  const isExtension = dot > path.lastIndexOf('/') && path.length - dot <= LONGEST_EXTENSION + 1
  return isExtension ? path.slice(dot + 1).toLowerCase() : ''
}
