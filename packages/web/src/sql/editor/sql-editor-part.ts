import { lazyPart } from '../../lazy/lazy-part.ts'

/** Loaded by those alone who write a statement. */
export const SQL_EDITOR = lazyPart(() => import('./sql-editor.tsx'))
