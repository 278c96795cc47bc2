import type { Look } from '../drawing.ts'
import { LIGHT } from '../theme.ts'

/** A widget of middling size, in English, by day. */
export const LOOK: Look = {
  theme: LIGHT,
  locale: 'en',
  widthPx: 640,
  heightPx: 320,
  hidden: new Set(),
  isAnimated: false,
  annotations: [],
}
