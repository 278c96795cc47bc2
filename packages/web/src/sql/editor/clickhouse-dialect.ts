import { SQLDialect } from '@codemirror/lang-sql'

/** ClickHouse's words, for the colours alone: what is right is said by the engine. */
export const CLICKHOUSE = SQLDialect.define({
  keywords: [
    'select distinct from where prewhere group by having order limit offset with as join left right inner outer full cross any all',
    'asof semi anti array using on union except intersect and or not in global between like ilike is null case when then else end',
    'asc desc nulls first last interval over partition rows range preceding following unbounded current row totals rollup cube',
    'grouping sets fill from to step settings final sample format show tables databases describe explain exists cast extract qualify',
    'window collate ties second minute hour day week month quarter year',
  ].join(' '),
  types: [
    'int8 int16 int32 int64 int128 int256 uint8 uint16 uint32 uint64 uint128 uint256 float32 float64 decimal decimal32 decimal64',
    'decimal128 string fixedstring uuid date date32 datetime datetime64 enum8 enum16 array tuple map nullable lowcardinality bool',
    'ipv4 ipv6 json dynamic variant identifier nothing',
  ].join(' '),
  builtin: 'true false',
  backslashEscapes: true,
  identifierQuotes: '`"',
  operatorChars: '*+-%<>!=&|/?:',
  caseInsensitiveIdentifiers: false,
})
