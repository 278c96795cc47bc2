import { remembered } from './remembered.ts'

/** A language tag as the standard writes it, `de-DE`; of a list as browsers send it, the first. Undefined if it is none. */
export function languageTag(text: string): string | undefined {
  return ofLanguage(text).value
}

/** `1920x1080`; undefined if it is no size of a screen. */
export function screenSize(text: string): string | undefined {
  return ofScreen(text).value
}

interface Reading {
  readonly value: string | undefined
}

const ofLanguage = remembered((text): Reading => {
  const first = /^\s*([a-z]{2,8}(?:[-_][a-z0-9]{1,8})*)(?:\.[\w-]+)?(?:@\w+)?\s*(?:$|[,;])/i.exec(text)?.[1]
  if (first === undefined) return { value: undefined }
  try {
    return { value: Intl.getCanonicalLocales(first.replaceAll('_', '-'))[0] }
  } catch {
    return { value: undefined }
  }
})

const ofScreen = remembered((text): Reading => {
  const [, width, height] = /^\s*(\d{2,5})(?:\.\d+)?\s*[x×*]\s*(\d{2,5})(?:\.\d+)?(?:\D.*)?$/i.exec(text) ?? []
  return { value: width === undefined ? undefined : `${Number(width)}x${Number(height)}` }
})
