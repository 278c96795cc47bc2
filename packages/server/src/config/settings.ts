import { z } from 'zod'
import { byteSize, clusterName, integer, url } from './setting-schemas.ts'

/**
 * Every setting of the server, once: its variable, what it may be, and what it is for. `loadConfig` reads them by this
 * table and `docs/configuration.md` is made from it.
 */
interface Setting {
  readonly variable: `ALMANAC_${string}`
  readonly schema: z.ZodType
  /** As it would be written in the environment; `undefined` when the setting may be left out. */
  readonly fallback: string | undefined
  readonly description: string
}

export const SETTINGS = {
  dataDir: {
    variable: 'ALMANAC_DATA_DIR',
    schema: z.string(),
    fallback: './almanac-data',
    description: 'Folder in which everything is kept: the event log, both databases, secrets, logs.',
  },
  host: {
    variable: 'ALMANAC_HOST',
    schema: z.string(),
    fallback: '127.0.0.1',
    description: 'Address to listen on. `0.0.0.0` opens the server to the network: put it behind a TLS proxy then.',
  },
  port: {
    variable: 'ALMANAC_PORT',
    schema: integer('a port', 0, 65_535),
    fallback: '4680',
    description: 'Port to listen on. `0` takes a free one.',
  },
  workspace: {
    variable: 'ALMANAC_WORKSPACE',
    schema: z.string(),
    fallback: undefined,
    description:
      'Folder with cubes and endpoints of your own, see [the workspace](guides/workspace.md). Default: `workspace` in the data directory, when there is one.',
  },
  publicUrl: {
    variable: 'ALMANAC_PUBLIC_URL',
    schema: url(['http:', 'https:'], 'https://stats.example.com'),
    fallback: undefined,
    description: 'Address under which people reach the server, for links in messages. Default: host and port.',
  },
  clickhouseUrl: {
    variable: 'ALMANAC_CLICKHOUSE_URL',
    schema: url(['http:', 'https:'], 'http://user:password@host:8123/almanac'),
    fallback: undefined,
    description: 'A ClickHouse server to use instead of the embedded one.',
  },
  clickhouseReaderUrl: {
    variable: 'ALMANAC_CLICKHOUSE_READER_URL',
    schema: url(['http:', 'https:'], 'http://reader:password@host:8123/almanac_sql'),
    fallback: undefined,
    description: 'The same server with a read-only user for the SQL of users. Needed with `ALMANAC_CLICKHOUSE_URL`.',
  },
  postgresUrl: {
    variable: 'ALMANAC_POSTGRES_URL',
    schema: url(['postgres:', 'postgresql:'], 'postgres://user:password@host:5432/almanac'),
    fallback: undefined,
    description: 'A PostgreSQL server to use instead of the embedded one.',
  },
  trustProxy: {
    variable: 'ALMANAC_TRUST_PROXY',
    schema: z.enum(['true', 'false']).transform((text) => text === 'true'),
    fallback: 'false',
    description:
      '`true` behind a proxy that sets `X-Forwarded-For`: visitors and log-in limits then go by that address. Without such a proxy anybody could claim any address.',
  },
  cluster: {
    variable: 'ALMANAC_CLUSTER',
    schema: clusterName,
    fallback: '',
    description: 'Name of the ClickHouse cluster whose nodes hold the tables, replicated. Empty for a single node.',
  },
  placesMmdb: {
    variable: 'ALMANAC_PLACES_MMDB',
    schema: z.string(),
    fallback: undefined,
    description:
      'A database of places in the MMDB format, such as GeoLite2-City, for regions and cities too; a newer file of that name is noticed within a minute. Default: the one that comes with Almanac, which knows countries.',
  },
  logLevel: {
    variable: 'ALMANAC_LOG_LEVEL',
    schema: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']),
    fallback: 'info',
    description: 'How much the server prints: `trace`, `debug`, `info`, `warn`, `error` or `silent`.',
  },
  minFreeDiskBytes: {
    variable: 'ALMANAC_MIN_FREE_DISK_BYTES',
    schema: byteSize,
    fallback: '512MiB',
    description: 'Free space below which new events are refused (503), so that what is stored stays safe.',
  },
  maxIngestLagBytes: {
    variable: 'ALMANAC_MAX_INGEST_LAG_BYTES',
    schema: byteSize,
    fallback: '16GiB',
    description: 'Size of the part of the event log that ClickHouse may be behind before new events are refused (503).',
  },
  maxUploadBytes: {
    variable: 'ALMANAC_MAX_UPLOAD_BYTES',
    schema: byteSize,
    fallback: '200MiB',
    description: 'The largest file that can be brought as a table, see [uploads](guides/uploads.md).',
  },
  uploadPrivateAddresses: {
    variable: 'ALMANAC_UPLOAD_PRIVATE_ADDRESSES',
    schema: z.enum(['true', 'false']).transform((text) => text === 'true'),
    fallback: 'false',
    description:
      '`true` lets files be fetched from machines of the server’s own network, too: everybody who may edit can then reach what is behind the firewall.',
  },
} as const satisfies Record<string, Setting>

/** The page `docs/configuration.md`. */
export function configurationPage(): string {
  const rows = Object.values<Setting>(SETTINGS).map(({ variable, fallback, description }) => {
    const shown = fallback === undefined ? '' : fallback === '' ? 'empty' : `\`${fallback}\``
    return `| \`${variable}\` | ${shown} | ${description} |`
  })
  return `# Configuration

Settings are environment variables. Where a command has an option of the same meaning (\`--port\`), the option wins. Sizes
are bytes, or a number with \`KiB\`, \`MiB\`, \`GiB\` or \`TiB\`. An empty variable counts as not set.

| variable | default | meaning |
| --- | --- | --- |
${rows.join('\n')}
`
}
