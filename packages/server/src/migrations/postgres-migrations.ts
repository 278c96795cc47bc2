import { readdir, readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'

export interface PostgresMigration {
  readonly number: number
  readonly name: string
  readonly sql: string
}

const FOLDER = fileURLToPath(new URL('../postgres/migrations/', import.meta.url))
const FILE_NAME = /^(\d{4})-([a-z0-9-]+)\.sql$/

/** The `.sql` files of the folder, in order. */
export async function readPostgresMigrations(folder = FOLDER): Promise<PostgresMigration[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort()
  return Promise.all(
    names.map(async (fileName) => {
      const [, number, name] = FILE_NAME.exec(fileName) ?? []
      if (number === undefined || name === undefined) throw new Error(`${fileName} is not named like 0001-name.sql`)
      return { number: Number(number), name, sql: await readFile(`${folder}/${fileName}`, 'utf8') }
    }),
  )
}
