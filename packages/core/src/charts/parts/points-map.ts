import type { EChartsOption } from 'echarts/types/dist/shared'
import type { Column, Row } from '../../query/query.ts'
import type { ChartOf } from '../chart-spec.ts'
import type { Drawing, Look, Reading } from '../drawing.ts'
import type { Frame } from '../frame.ts'
import { colourOf, faded } from '../inks.ts'
import { COUNTRIES, countryName } from '../maps/countries.ts'
import { countryCode } from '../maps/country-code.ts'
import { columnOf, dimensionsOf, isRestRow, labelOf, measuresOf, numberIn, UnfitFrame } from '../roles.ts'
import { rowsBy } from '../whole.ts'
import { landStyle, mapPlace, unseenDiscs } from './map-look.ts'
import { briefly, type Given, nameOf, picksOf, spokenText, valueLines } from './value-lines.ts'

type Points = Given<ChartOf<'points_map'>>

interface Place {
  readonly longitude: number
  readonly latitude: number
  readonly value: number | undefined
  readonly name: string
  readonly row: Row
}

interface Columns {
  /** Where a row lies; nothing where it is not known. */
  readonly at: (row: Row) => { readonly latitude: number; readonly longitude: number } | undefined
  readonly size: Column | undefined
  readonly name: (row: Row) => string
  readonly picked: readonly Column[]
  /** The dimension that the rows are of, when it is countries. */
  readonly country: Column | undefined
}

/** Points on the map, by coordinates or in the middle of countries; their areas are as large as the values. */
export function drawPointsMap(spec: ChartOf<'points_map'>, frame: Frame, look: Look): Drawing {
  const given = { spec, frame, look }
  const columns = columnsOf(given)
  const rows = columns.country && columns.size ? rowsBy(frame, [columns.country.name], columns.size) : frame.rows
  const places = rows.filter((row) => !isRestRow(row)).flatMap((row) => placeOf(columns, row))
  if (places.length === 0) return { as: 'empty', reason: 'only_nulls', text: 'No row has a place on the map.' }
  // The small ones on top.
  const sorted = places.toSorted((a, b) => (b.value ?? 0) - (a.value ?? 0)).slice(0, MOST_POINTS)
  return {
    as: 'chart',
    option: optionOf(given, sorted),
    pointing: 'item',
    readings: sorted.map((place) => readingOf(given, columns, place)),
    legend: [],
    legendPlace: 'none',
    summary: summaryOf(given, columns, sorted, {
      missing: rows.length - places.length,
      left: places.length - sorted.length,
    }),
    map: 'world',
  }
}

/** The largest; more than these hide each other. */
const MOST_POINTS = 5000

function columnsOf({ spec, frame, look }: Points): Columns {
  const latitude = named(frame, spec.latitude, /^lat(itude)?$/i)
  const longitude = named(frame, spec.longitude, /^(lon|lng|long|longitude)$/i)
  const byCoordinates = spec.country === undefined && latitude !== undefined && longitude !== undefined
  const country = byCoordinates ? undefined : countryColumn(frame, spec.country)
  const taken = [latitude?.name, longitude?.name]
  const size =
    spec.size === undefined ? measuresOf(frame).find(({ name }) => !taken.includes(name)) : columnOf(frame, spec.size)
  const given = { spec, frame, look }
  if (country) {
    const codeOf = (row: Row) => countryCode(row[country.name])
    return {
      at: (row) => COUNTRIES.get(codeOf(row) ?? ''),
      size,
      name: (row) => countryName(codeOf(row) ?? '', look.locale),
      picked: [country],
      country,
    }
  }
  if (!latitude || !longitude) throw new UnfitFrame('It needs latitude and longitude, or a column of countries.')
  const label =
    spec.label === undefined
      ? dimensionsOf(frame).find(({ name }) => !taken.includes(name))
      : columnOf(frame, spec.label)
  return {
    at: (row) => coordinates(numberIn(row, latitude), numberIn(row, longitude)),
    size,
    name: (row) => (label ? nameOf(given, row, label) : `${numberIn(row, latitude)}, ${numberIn(row, longitude)}`),
    picked: label && label.kind === 'dimension' ? [label] : [],
    country: undefined,
  }
}

function named(frame: Frame, name: string | undefined, usual: RegExp): Column | undefined {
  if (name !== undefined) return columnOf(frame, name)
  return frame.columns.find((column) => column.kind !== 'comparison' && usual.test(column.name))
}

/** What is named; else the first dimension that holds a country. */
function countryColumn(frame: Frame, name: string | undefined): Column | undefined {
  if (name !== undefined) return columnOf(frame, name)
  return dimensionsOf(frame).find((column) => frame.rows.some((row) => countryCode(row[column.name]) !== undefined))
}

function coordinates(latitude: number | null, longitude: number | null) {
  if (latitude === null || longitude === null || Math.abs(latitude) > 90 || Math.abs(longitude) > 180) return undefined
  return { latitude, longitude }
}

function placeOf({ at, size, name }: Columns, row: Row): Place[] {
  const place = at(row)
  const value = size ? numberIn(row, size) : undefined
  if (!place || value === null) return []
  return [{ latitude: place.latitude, longitude: place.longitude, value, name: name(row), row }]
}

function optionOf({ look, spec }: Points, places: readonly Place[]): EChartsOption {
  const { theme, isAnimated, widthPx, heightPx } = look
  const largestPx = Math.max(10, Math.min(widthPx, heightPx) * 0.13)
  const greatest = places.reduce((most, { value }) => Math.max(most, value ?? 0), 0)
  // Twice the value is twice the area, not twice the diameter.
  const sizeOf = (value: number | undefined) =>
    value === undefined || greatest <= 0 ? 8 : Math.max(4, largestPx * Math.sqrt(Math.max(0, value) / greatest))
  const color = colourOf(spec.colours?.[''] ?? 1, theme)
  return {
    animation: isAnimated,
    animationDurationUpdate: 300,
    geo: {
      ...mapPlace(places.map(({ longitude }) => longitude)),
      silent: true,
      label: { show: false },
      itemStyle: landStyle(look),
      emphasis: { disabled: true },
      regions: unseenDiscs(new Set()),
    },
    series: [
      {
        type: 'scatter',
        id: 'points',
        coordinateSystem: 'geo',
        itemStyle: { color: faded(color, 0.62), borderColor: color, borderWidth: 1 },
        emphasis: { itemStyle: { color, borderColor: theme.ink } },
        data: places.map(({ longitude, latitude, value }, reading) => ({
          value: [longitude, latitude],
          symbolSize: sizeOf(value),
          reading,
        })),
      },
    ],
  } as EChartsOption
}

function readingOf(given: Points, { size, picked }: Columns, { name, row }: Place): Reading {
  return { title: name, lines: size ? valueLines(given, row, size) : [], picks: picksOf(row, picked) }
}

function summaryOf(
  given: Points,
  { size }: Columns,
  places: readonly Place[],
  { missing, left }: { readonly missing: number; readonly left: number },
): string {
  const first = places
    .slice(0, 3)
    .map(({ name, value }) => `${briefly(name)}${size ? ` ${spokenText(given, value ?? null, size)}` : ''}`)
  const what = size ? labelOf(given.spec, size) : 'Points'
  return [
    `${what} at ${places.length} places: ${first.join(', ')}${places.length > 3 ? ' and more' : ''}.`,
    ...(left > 0 ? [`${left} smaller ones are in the table alone.`] : []),
    ...(missing > 0 ? [`${missing} ${missing === 1 ? 'row has' : 'rows have'} no place on the map.`] : []),
  ].join(' ')
}
