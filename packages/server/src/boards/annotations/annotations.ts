import { AppError } from '@almanac/core/errors.ts'
import type { Pool } from 'pg'
import type { Boards } from '../boards.ts'
import type { Viewer } from '../viewer.ts'
import {
  type Annotation,
  type AnnotationFields,
  type AnnotationSearch,
  deleteAnnotation,
  findAnnotation,
  insertAnnotation,
  listAnnotations,
  updateAnnotation,
} from './annotation-store.ts'

/** What happened when, for charts to show. One of a board that somebody may not see is none for them. */
export interface Annotations {
  /** In the order of their times; with a board, those of no board and of that one. */
  list(search: Search, viewer: Viewer): Promise<Annotation[]>
  make(fields: AnnotationFields, viewer: Viewer): Promise<Annotation>
  change(id: string, change: Partial<AnnotationFields>, viewer: Viewer): Promise<Annotation>
  remove(id: string, viewer: Viewer): Promise<void>
}

interface Search extends Omit<AnnotationSearch, 'boards'> {
  readonly board?: string | undefined
}

interface AnnotationsDeps {
  readonly pool: Pool
  readonly boards: Pick<Boards, 'list' | 'find'>
}

export function createAnnotations({ pool, boards }: AnnotationsDeps): Annotations {
  /** Its slug of now. Throws `not_found` for a board that the viewer may not see. */
  const requireBoard = async (slug: string | null, viewer: Viewer) => slug && (await boards.find(slug, viewer)).slug

  const find = async (id: string, viewer: Viewer): Promise<Annotation> => {
    const found = await findAnnotation(pool, id)
    const isSeen = found && (found.board === null || (await slugsFor(viewer)).includes(found.board))
    if (!isSeen) throw noAnnotation(id)
    return found
  }
  const slugsFor = async (viewer: Viewer) => (await boards.list(viewer)).map(({ slug }) => slug)

  return {
    async list({ board, ...search }, viewer) {
      const shown = board === undefined ? await slugsFor(viewer) : [(await boards.find(board, viewer)).slug]
      return listAnnotations(pool, { ...search, boards: shown })
    },
    async make(fields, viewer) {
      refuseBackwards(fields)
      const board = await requireBoard(fields.board, viewer)
      return find(await insertAnnotation(pool, { ...fields, board }, viewer.name), viewer)
    },
    async change(id, change, viewer) {
      const before = await find(id, viewer)
      const after = { ...before, ...change }
      refuseBackwards(after)
      const board = after.board === before.board ? before.board : await requireBoard(after.board, viewer)
      if (!(await updateAnnotation(pool, id, { ...after, board }))) throw noAnnotation(id)
      return find(id, viewer)
    },
    async remove(id, viewer) {
      await find(id, viewer)
      await deleteAnnotation(pool, id)
    },
  }
}

function refuseBackwards({ at, until }: Pick<AnnotationFields, 'at' | 'until'>): void {
  if (until === null || until.getTime() > at.getTime()) return
  const message = `expected an end after ${at.toISOString()}, got ${until.toISOString()}`
  throw new AppError('invalid_request', 'The annotation ends before it begins', {
    issues: [{ path: ['until'], message }],
  })
}

function noAnnotation(id: string): AppError {
  return new AppError('not_found', `There is no annotation ${id}`)
}
