import { column, count, defineCube, sum } from 'almanac/cubes'

const KEY = 'toString(properties.key)'

/** What the access log of the bucket with the releases says: whole files that were fetched. */
export default defineCube({
  name: 'downloads',
  label: 'Downloads',
  description: 'Releases that were downloaded, by version and platform',
  base: {
    table: 'events',
    time: 'occurred_at',
    where: `source = 'releases' AND status = 200 AND toString(properties.operation) = 'REST.GET.OBJECT'`,
  },
  dimensions: {
    version: column(`extract(${KEY}, '/cask-([0-9.]+)-')`),
    platform: column(`extract(${KEY}, '/cask-[0-9.]+-([a-z0-9-]+)')`),
    country: column('country'),
    environment: column('environment'),
  },
  measures: {
    downloads: count(),
    bytes: sum('bytes', { format: 'bytes' }),
  },
  defaultFilters: { environment: ['production'] },
})
