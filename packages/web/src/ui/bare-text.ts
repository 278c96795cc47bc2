/** Without case and accents, so that `resume` finds `Résumé`. */
export function folded(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{Diacritic}/gu, '')
    .toLowerCase()
}

/** Without what people leave out, or write otherwise: `signup`, `sign-up`, `sign_up` and `Sign up` are one. */
export function bareText(text: string): string {
  return folded(text).replace(/[\s_\p{Pd}]+/gu, '')
}

/** For lists that are searched by name. */
export function containsBare(text: string, typed: string): boolean {
  return bareText(text).includes(bareText(typed))
}
