import { AppError } from '@almanac/core/errors.ts'
import type { DataSource, DataSources } from '../data-sources.ts'

/** Data sources that nobody stores. */
export function memoryDataSources(): DataSources {
  const byName = new Map<string, DataSource>()
  return {
    list: async () => [...byName.values()],
    byName: async () => byName,
    async save(source, updatedBy) {
      const isNew = !byName.has(source.name)
      const saved = { ...source, updatedBy, createdAt: new Date(0), updatedAt: new Date(0) }
      byName.set(source.name, saved)
      return { source: saved, isNew }
    },
    async remove(name) {
      if (!byName.delete(name)) throw new AppError('not_found', `There is no data source ${name}`)
    },
  }
}
