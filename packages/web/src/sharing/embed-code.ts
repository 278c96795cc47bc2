import type { PublicLook } from '../public/public-search.ts'

export interface EmbedOptions extends PublicLook {
  /** Of the page that is made for frames, with the origin. */
  readonly url: string
  readonly title: string
  /** As high as the board instead of scrolling inside: takes a script on the page around it. */
  readonly isGrowing: boolean
}

const HEIGHT_PX = 600

/** What somebody puts into a page of theirs, as HTML. */
export function embedCode({ url, title, isGrowing, ...look }: EmbedOptions): string {
  const address = embedAddress(url, look)
  const id = `almanac-${(url.split('/').at(-1) ?? '').slice(0, 8)}`
  const frame = [
    '<iframe',
    ...(isGrowing ? [`  id="${attribute(id)}"`] : []),
    `  src="${attribute(address)}"`,
    `  title="${attribute(title)}"`,
    '  width="100%"',
    `  height="${HEIGHT_PX}"`,
    '  style="border: 0"',
    '  loading="lazy"',
    '  referrerpolicy="no-referrer"',
    '></iframe>',
  ]
  return [...frame, ...(isGrowing ? growingScript(id) : [])].join('\n')
}

export function embedAddress(url: string, { theme, background }: PublicLook): string {
  const params = new URLSearchParams({ ...(theme && { theme }), ...(background && { background }) }).toString()
  return params ? `${url}?${params}` : url
}

/** The board says its height (`public/use-frame-height.ts`); only what comes from this very frame counts. */
function growingScript(id: string): string[] {
  return [
    '<script>',
    `  addEventListener('message', ({ source, data }) => {`,
    `    const frame = document.getElementById('${id}')`,
    `    if (source === frame.contentWindow && data?.almanac === 'height') frame.height = data.heightPx`,
    '  })',
    '</script>',
  ]
}

function attribute(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
