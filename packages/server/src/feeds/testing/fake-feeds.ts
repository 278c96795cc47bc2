import { AppError } from '@almanac/core/errors.ts'
import type { Query } from '@almanac/core/query/query.ts'
import { answerOf, TINY_CUBE } from './tiny-cube.ts'

/** For tests of the HTTP interface: one cube, whose every figure is 3. */
export function fakeFeeds(clock: { readonly ms: number }) {
  const runQuery = async (query: Query) => {
    const figures = Object.fromEntries(query.measures.map((name) => [name, 3]))
    const places = Object.fromEntries(query.dimensions.map((name) => [name, 'DE']))
    const time = query.grain && { time: `${query.from.slice(0, 10)}T00:00:00+00:00` }
    return answerOf(query, [{ ...time, ...places, ...figures }])
  }
  const definitions = () => [TINY_CUBE]
  return {
    feeds: {
      definition: (name: string) => {
        if (name === TINY_CUBE.name) return TINY_CUBE
        throw new AppError('invalid_query', `there is no cube "${name}": expected web`)
      },
      runQuery,
      clickhouse: { url: 'http://127.0.0.1:9', username: '', password: '', database: '' },
      now: () => Temporal.Instant.fromEpochMilliseconds(clock.ms),
    },
    grafana: { definitions, runQuery },
    prometheus: { definitions, runQuery, now: () => clock.ms },
    bi: {
      connection: {
        host: '127.0.0.1',
        port: 8123,
        isEncrypted: false,
        database: 'bi',
        user: 'almanac_reader',
        isEmbedded: true,
      },
      password: 'secret of the reader',
      views: () => ({ views: ['web_day'], problems: [] }),
    },
  }
}
