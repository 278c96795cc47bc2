/**
 * The two configuration files of the embedded ClickHouse. Users can't be made by SQL there, so both are written anew
 * before each start.
 */
import { createHash } from 'node:crypto'

/** The only limits that a query of the read-only user runs with; it can lower the first two, and change no other. */
export const READER_LIMITS = {
  maxExecutionSeconds: 30,
  maxResultRows: 100_000,
  maxMemoryBytes: 2_000_000_000,
  maxRowsToRead: 2_000_000_000,
  maxConcurrentQueries: 8,
  maxQueriesPerMinute: 1200,
} as const

export interface ClickHouseUsers {
  readonly applicationPassword: string
  readonly readerPassword: string
}

/**
 * Three users. `default` must have no password, for the local session that keeps the server alive logs in as it. Its
 * three statements use up its quota, so that whoever connects as `default` afterwards can run nothing that counts.
 * Names of databases and grants end in `*`, so that tests can have databases of their own beside `almanac`.
 */
export function usersConfig({ applicationPassword, readerPassword }: ClickHouseUsers): string {
  return `<clickhouse>
  <profiles>
    <default/>
    <application>
      <!-- This build has no background task that would remove dropped tables later. -->
      <database_atomic_wait_for_drop_and_detach_synchronously>1</database_atomic_wait_for_drop_and_detach_synchronously>
    </application>
    <reader>${readerProfile()}</reader>
  </profiles>
  <quotas>
    <default/>
    <local><interval><duration>1000000000</duration><queries>3</queries></interval></local>
    <reader><interval><duration>60</duration><queries>${READER_LIMITS.maxQueriesPerMinute}</queries></interval></reader>
  </quotas>
  <users>
    <default>
      <password/>
      ${LOOPBACK_ONLY}
      <profile>default</profile>
      <quota>local</quota>
      ${grants(['SYSTEM LISTEN ON *.*', 'SELECT ON system.numbers'])}
    </default>
    <almanac>
      <password_sha256_hex>${sha256(applicationPassword)}</password_sha256_hex>
      ${LOOPBACK_ONLY}
      <profile>application</profile>
      <quota>default</quota>
      ${grants(APPLICATION_GRANTS)}
    </almanac>
    <almanac_reader>
      <password_sha256_hex>${sha256(readerPassword)}</password_sha256_hex>
      ${LOOPBACK_ONLY}
      <profile>reader</profile>
      <quota>reader</quota>
      <default_database>almanac_sql</default_database>
      ${grants(['SELECT ON almanac_sql*.*', 'SELECT ON bi.*', 'SELECT ON bi_test*.*', 'SELECT ON system.one', 'SELECT ON system.numbers'])}
    </almanac_reader>
  </users>
</clickhouse>
`
}

const LOOPBACK_ONLY = '<networks><ip>127.0.0.1</ip><ip>::1</ip></networks>'

const TABLE_ENGINES = [
  'MergeTree',
  'ReplacingMergeTree',
  'SummingMergeTree',
  'AggregatingMergeTree',
  'CollapsingMergeTree',
  'VersionedCollapsingMergeTree',
  'Memory',
  'Null',
]

// No FILE, URL, S3 or REMOTE: in this build `file()` is not kept to one folder, so a mistake in our own SQL would
// reach every file that this process can read.
const APPLICATION_GRANTS = [
  'ALL ON almanac*.*',
  'ALL ON bi.*',
  'ALL ON bi_test*.*',
  'SET DEFINER ON almanac',
  `TABLE ENGINE ON ${TABLE_ENGINES.join(', TABLE ENGINE ON ')}`,
  'CREATE TEMPORARY TABLE ON *.*',
  'KILL QUERY ON *.*',
  'SYSTEM FLUSH ON *.*',
  'SELECT ON system.*',
]

function readerProfile(): string {
  const settings = {
    readonly: 1,
    max_execution_time: READER_LIMITS.maxExecutionSeconds,
    timeout_overflow_mode: 'throw',
    max_result_rows: READER_LIMITS.maxResultRows,
    max_result_bytes: 500_000_000,
    result_overflow_mode: 'throw',
    max_rows_to_read: READER_LIMITS.maxRowsToRead,
    read_overflow_mode: 'throw',
    max_memory_usage: READER_LIMITS.maxMemoryBytes,
    max_memory_usage_for_user: READER_LIMITS.maxMemoryBytes * 2,
    max_temporary_data_on_disk_size_for_user: 10_000_000_000,
    max_concurrent_queries_for_user: READER_LIMITS.maxConcurrentQueries,
    max_query_size: 262_144,
    max_ast_depth: 500,
    max_ast_elements: 20_000,
    max_expanded_ast_elements: 100_000,
    allow_ddl: 0,
    allow_introspection_functions: 0,
    cancel_http_readonly_queries_on_client_close: 1,
  }
  const values = Object.entries(settings).map(([name, value]) => `<${name}>${value}</${name}>`)
  return `${values.join('')}<constraints>${readerConstraints(Object.keys(settings))}</constraints>`
}

/** From one upwards, for 0 would mean "no limit". */
const LOWERABLE: Record<string, number> = {
  max_execution_time: READER_LIMITS.maxExecutionSeconds,
  max_result_rows: READER_LIMITS.maxResultRows,
}
/** Settings that change what a result looks like and nothing else; the client sends some of them. */
const FORMAT_SETTINGS = [
  'limit',
  'session_timezone',
  'date_time_output_format',
  'output_format_json_quote_64bit_integers',
  'output_format_json_quote_64bit_floats',
  'output_format_json_quote_denormals',
  'output_format_json_quote_decimals',
]

function readerConstraints(settings: readonly string[]): string {
  const constant = settings.filter((name) => LOWERABLE[name] === undefined).map((name) => `<${name}><const/></${name}>`)
  const lowerable = Object.entries(LOWERABLE).map(
    ([name, max]) => `<${name}><min>1</min><max>${max}</max><changeable_in_readonly/></${name}>`,
  )
  const free = FORMAT_SETTINGS.map((name) => `<${name}><changeable_in_readonly/></${name}>`)
  return [...constant, ...lowerable, ...free].join('')
}

function grants(list: readonly string[]): string {
  return `<grants>${list.map((grant) => `<query>GRANT ${grant}</query>`).join('')}</grants>`
}

/**
 * Sized for a small machine that ClickHouse shares with PostgreSQL and Node. There are no system logs (`query_log` and
 * its like): this build makes them only when they are configured.
 */
/**
 * How long the parts that were merged are kept. The merged one is not synced to disk: the operating system writes it within
 * some 35 seconds, and should the machine lose its power before that, the old ones must still be there.
 */
const OLD_PARTS_SECONDS = 90

export function serverConfig({ usersFile, backupsDir }: { usersFile: string; backupsDir: string }): string {
  return `<clickhouse>
  <logger>
    <console>1</console>
    <levels><logger><name>executeQuery</name><level>none</level></logger></levels>
  </logger>
  <log-level>warning</log-level>
  <users_config>${xml(usersFile)}</users_config>
  <user_directories replace="1"><users_xml><path>${xml(usersFile)}</path></users_xml></user_directories>
  <access_control_improvements>
    <settings_constraints_replace_previous>true</settings_constraints_replace_previous>
  </access_control_improvements>
  <backups><allowed_path>${xml(backupsDir)}</allowed_path></backups>
  <timezone>UTC</timezone>
  <keep_alive_timeout>10</keep_alive_timeout>
  <max_server_memory_usage_to_ram_ratio>0.6</max_server_memory_usage_to_ram_ratio>
  <mark_cache_size>134217728</mark_cache_size>
  <primary_index_cache_size>134217728</primary_index_cache_size>
  <index_mark_cache_size>33554432</index_mark_cache_size>
  <uncompressed_cache_size>0</uncompressed_cache_size>
  <index_uncompressed_cache_size>0</index_uncompressed_cache_size>
  <compiled_expression_cache_size>33554432</compiled_expression_cache_size>
  <async_insert_threads>2</async_insert_threads>
  <merge_tree><old_parts_lifetime>${OLD_PARTS_SECONDS}</old_parts_lifetime></merge_tree>
</clickhouse>
`
}

/**
 * Functions that the read-only user must not reach and that no grant covers. clickhouse-local lets `file` read any file
 * of this machine, so a function of that name, which ClickHouse looks up first, takes its place.
 */
const WITHHELD_FUNCTIONS = ['file', 'catboostEvaluate', 'showCertificate']

/** Files for `user_defined/` by name. */
export function withheldFunctions(): { fileName: string; sql: string }[] {
  return WITHHELD_FUNCTIONS.map((name) => ({
    fileName: `function_${name}.sql`,
    sql: `CREATE FUNCTION ${name} AS argument -> throwIf(length(toString(argument)) >= 0, 'The function ${name} is not available')\n`,
  }))
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

function xml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
