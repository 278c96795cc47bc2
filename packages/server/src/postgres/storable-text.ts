/** The text without what PostgreSQL takes in no text: NUL, and halves of characters. */
export function storableText(text: string): string {
  return text.toWellFormed().replaceAll('\0', '\ufffd')
}
