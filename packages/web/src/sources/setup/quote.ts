/** A text as a literal of each language, so that no name that somebody gives can end it early. */

export function js(text: string): string {
  const escaped = text.replace(/[\\']/g, '\\$&').replaceAll('\n', '\\n').replaceAll('</', '<\\/')
  return `'${escaped}'`
}

export function html(text: string): string {
  return `"${text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;')}"`
}

export function shell(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`
}
