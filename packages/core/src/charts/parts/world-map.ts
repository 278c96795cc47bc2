import type { EChartsOption } from 'echarts/types/dist/shared'
import type { Column, Row } from '../../query/query.ts'
import type { ChartOf } from '../chart-spec.ts'
import type { Drawing, Look, Reading } from '../drawing.ts'
import type { Frame } from '../frame.ts'
import { COUNTRIES, countryName } from '../maps/countries.ts'
import { countryCode } from '../maps/country-code.ts'
import { NO_FIGURES } from '../nothing.ts'
import { isRestRow, labelOf, neededDimension, numberIn, valueFor } from '../roles.ts'
import { shadeAt, shareByRank } from '../shades.ts'
import { rowsBy, wholeRow } from '../whole.ts'
import { landStyle, mapPlace, unseenDiscs } from './map-look.ts'
import { briefly, type Given, nameOf, picksOf, shareText, shortText, spokenText, valueLines } from './value-lines.ts'

type World = Given<ChartOf<'world_map'>>

interface Land {
  readonly code: string
  readonly value: number
  readonly row: Row
}

/**
 * Countries by how much. Shades go by rank, as many countries in each, so that one that is a hundred times the others does not leave
 * them all pale; the tooltip has the figures. Countries without a figure are plain.
 */
export function drawWorldMap(spec: ChartOf<'world_map'>, frame: Frame, look: Look): Drawing {
  const given = { spec, frame, look }
  const by = neededDimension(frame, spec.country, 'its countries')
  const column = valueFor(frame, spec.value)
  const rows = rowsBy(frame, [by.name], column)
  const lands = landsOf(rows, by, column)
  const elsewhere = rows.filter((row) => isRestRow(row) || countryCode(row[by.name]) === undefined)
  const [greatest, least] = [lands[0], lands.at(-1)]
  if (!greatest || !least) return noLands(given, rows, by, column)
  const colours = look.theme.shades.slice(1)
  const share = shareByRank(lands.map(({ value }) => value))
  // The palest shade is too near to a country without a figure.
  const shadeOf = (value: number) => shadeAt((1 + share(value) * (colours.length - 1)) / colours.length, look.theme)
  return {
    as: 'chart',
    option: optionOf(given, lands, shadeOf),
    pointing: 'item',
    readings: lands.map((land) => readingOf(given, land, by, column)),
    legend: [],
    legendPlace: 'none',
    summary: summaryOf(given, { lands, elsewhere, by, column }),
    map: 'world',
    shades: { from: shortText(given, least.value, column), to: shortText(given, greatest.value, column), colours },
  }
}

/** The greatest first: in this order they are walked through with the arrow keys. */
function landsOf(rows: readonly Row[], by: Column, column: Column): Land[] {
  const lands = rows.flatMap((row): Land[] => {
    const code = isRestRow(row) ? undefined : countryCode(row[by.name])
    const value = numberIn(row, column)
    return code === undefined || value === null ? [] : [{ code, value, row }]
  })
  // Two spellings of one country would be drawn over one another.
  const byCode = new Map(lands.toReversed().map((land) => [land.code, land]))
  return [...byCode.values()].toSorted((a, b) => b.value - a.value)
}

function noLands({ spec }: World, rows: readonly Row[], by: Column, column: Column): Drawing {
  if (rows.every((row) => numberIn(row, column) === null)) return NO_FIGURES
  return {
    as: 'empty',
    reason: 'unfit',
    text: `“${labelOf(spec, by)}” holds no countries: expected codes such as DE, or English names.`,
  }
}

function optionOf({ look }: World, lands: readonly Land[], shadeOf: (value: number) => string): EChartsOption {
  const { theme, isAnimated } = look
  const shown = new Set(lands.map(({ code }) => code))
  return {
    animation: isAnimated,
    animationDurationUpdate: 300,
    series: [
      {
        type: 'map',
        id: 'countries',
        ...mapPlace(lands.flatMap(({ code }) => COUNTRIES.get(code)?.longitude ?? [])),
        nameProperty: 'name',
        selectedMode: false,
        label: { show: false },
        itemStyle: landStyle(look),
        emphasis: { disabled: true, label: { show: false } },
        data: [
          ...lands.map(({ code, value }, reading) => ({
            name: code,
            value,
            reading,
            itemStyle: { areaColor: shadeOf(value), borderColor: theme.surface, borderWidth: 0.6 },
            emphasis: {
              disabled: false,
              label: { show: false },
              itemStyle: { areaColor: shadeOf(value), borderColor: theme.ink, borderWidth: 1.2 },
            },
          })),
          ...unseenDiscs(shown),
        ],
      },
    ],
  } as EChartsOption
}

function readingOf(given: World, { code, value, row }: Land, by: Column, column: Column): Reading {
  const whole = wholeRow(given.frame, column)
  const total = whole ? numberIn(whole, column) : null
  return {
    title: countryName(code, given.look.locale),
    lines: [
      ...valueLines(given, row, column),
      ...(total !== null && total > 0 ? [{ label: 'Share of all', text: shareText(value / total, given) }] : []),
    ],
    picks: picksOf(row, [by]),
  }
}

interface Found {
  readonly lands: readonly Land[]
  readonly elsewhere: readonly Row[]
  readonly by: Column
  readonly column: Column
}

function summaryOf(given: World, { lands, elsewhere, by, column }: Found): string {
  const { spec, look } = given
  const first = lands
    .slice(0, 3)
    .map(({ code, value }) => `${countryName(code, look.locale)} ${spokenText(given, value, column)}`)
  const others = elsewhere.map(
    (row) => `${briefly(nameOf(given, row, by))} ${spokenText(given, numberIn(row, column), column)}`,
  )
  const left = others.length > 3 ? [...others.slice(0, 3), `${others.length - 3} more`] : others
  return [
    `${labelOf(spec, column)} in ${lands.length} ${lands.length === 1 ? 'country' : 'countries'}: ${first.join(', ')}${lands.length > 3 ? ' and more' : ''}.`,
    ...(left.length > 0 ? [`Not on the map: ${left.join(', ')}.`] : []),
  ].join(' ')
}
