import type { Pool } from 'pg'
import { storableText } from '../../postgres/storable-text.ts'
import { nameFor } from '../version-store.ts'

/** Something that happened at a moment, or from one to another, which is not included. */
export interface Annotation {
  readonly id: string
  readonly at: Date
  readonly until: Date | null
  readonly title: string
  readonly text: string
  readonly tags: readonly string[]
  /** The slug of the only board that it is for. */
  readonly board: string | null
  /** A name for people; null: somebody who is gone. */
  readonly by: string | null
}

export type AnnotationFields = Omit<Annotation, 'id' | 'by'>

export interface AnnotationSearch {
  /** Half-open: what has to do with any moment of it. */
  readonly from?: Date | undefined
  readonly to?: Date | undefined
  /** Any of them. */
  readonly tags?: readonly string[] | undefined
  /** Beside those of no board, those of these. */
  readonly boards: readonly string[]
}

/** More are more than a chart can show. */
const MOST_ANNOTATIONS = 1000

/** The latest ones, in the order of their times. */
export async function listAnnotations(pool: Pool, search: AnnotationSearch): Promise<Annotation[]> {
  const { from, to, tags = [], boards } = search
  const { rows } = await pool.query<Row>(
    `${SELECT} WHERE ($1::timestamptz IS NULL OR at >= $1 OR until > $1) AND ($2::timestamptz IS NULL OR at < $2)
       AND (cardinality($3::text[]) = 0 OR tags && $3) AND (board IS NULL OR board = ANY($4::text[]))
     ORDER BY at DESC, annotations.id LIMIT ${MOST_ANNOTATIONS}`,
    [from ?? null, to ?? null, tags.map(storableText), boards],
  )
  return rows.map(named).reverse()
}

export async function findAnnotation(pool: Pool, id: string): Promise<Annotation | undefined> {
  const { rows } = await pool.query<Row>(`${SELECT} WHERE annotations.id = $1`, [id])
  return rows[0] && named(rows[0])
}

export async function insertAnnotation(pool: Pool, fields: AnnotationFields, by: string): Promise<string> {
  const { rows } = await pool.query<{ id: string }>(
    `INSERT INTO annotations (at, until, title, text, tags, board, created_by) VALUES ($1, $2, $3, $4, $5, $6, $7)
     RETURNING id`,
    [...values(fields), by],
  )
  return (rows[0] as { id: string }).id
}

/** False when it is gone. */
export async function updateAnnotation(pool: Pool, id: string, fields: AnnotationFields): Promise<boolean> {
  const text = 'UPDATE annotations SET at = $1, until = $2, title = $3, text = $4, tags = $5, board = $6 WHERE id = $7'
  return (await pool.query(text, [...values(fields), id])).rowCount === 1
}

export async function deleteAnnotation(pool: Pool, id: string): Promise<void> {
  await pool.query('DELETE FROM annotations WHERE id = $1', [id])
}

const SELECT = `SELECT annotations.id, at, until, title, text, tags, board, created_by AS by, users.name AS "userName"
  FROM annotations LEFT JOIN users ON users.id::text = created_by`

interface Row extends Annotation {
  readonly by: string
  readonly userName: string | null
}

const named = ({ userName, by, ...annotation }: Row): Annotation => ({ ...annotation, by: nameFor(by, userName) })

function values({ at, until, title, text, tags, board }: AnnotationFields): unknown[] {
  return [at, until, storableText(title), storableText(text), tags.map(storableText), board]
}
