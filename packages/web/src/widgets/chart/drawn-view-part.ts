import { lazyPart } from '../../lazy/lazy-part.ts'

/** The code that draws figures in a box. */
export const DRAWN_VIEW = lazyPart(() => import('./drawn-view.tsx'))
