/** Writing SVG as text. Whatever comes from outside goes through here and is escaped: a name is never markup. */

export interface Size {
  readonly widthPx: number
  readonly heightPx: number
}

type Attributes = Readonly<Record<string, string | number | undefined>>

/** An element; `children` are elements, already written. */
export function element(name: string, attributes: Attributes, children: readonly string[] = []): string {
  const written = Object.entries(attributes).flatMap(([key, value]) =>
    value === undefined ? [] : [` ${key}="${escaped(typeof value === 'number' ? String(rounded(value)) : value)}"`],
  )
  const opening = `<${name}${written.join('')}`
  return children.length === 0 ? `${opening}/>` : `${opening}>${children.join('')}</${name}>`
}

/** Text, whose line stands on `y`. */
export function textElement(text: string, attributes: Attributes): string {
  return element('text', attributes, [escaped(text)])
}

const rounded = (value: number) => Math.round(value * 100) / 100

/** Without what XML forbids even when it is escaped. */
export function escaped(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(FORBIDDEN, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')
}

const FORBIDDEN = /(?![\t\n\r])\p{Cc}|[\ufffe\uffff]/gu
