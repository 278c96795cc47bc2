import type { Addend, Measure, Window } from '../cubes/measure.ts'

/** A measure in words, for somebody who did not write it. */
export interface MeasureWords {
  /** What the value is. */
  readonly howMade: string
  /** What may be done with several of them. */
  readonly howItAddsUp: string
}

export function measureWords(measure: Measure): MeasureWords {
  switch (measure.class) {
    case 'additive':
      return { howMade: sentence(addendWords(measure.part)), howItAddsUp: ADDS_UP }
    case 'decomposable':
      return {
        howMade: sentence(`${addendWords(measure.numerator)}, divided by ${addendWords(measure.denominator)}`),
        howItAddsUp:
          'Both parts add up over time and over dimensions, and are divided last. There is no value where the second one is 0.',
      }
    case 'extremal': {
      const which = measure.aggregate === 'min' ? 'least' : 'greatest'
      return {
        howMade: sentence(`the ${which} \`${measure.of}\`${onlyWords(measure.only)}`),
        howItAddsUp: `Of several values, it is the ${which} of them.`,
      }
    }
    case 'mergeable':
      return mergeableWords(measure)
    case 'last_value':
      return {
        howMade: sentence(`the ${measure.pick} \`${measure.of}\` over time${eachOf(measure.per)}`),
        howItAddsUp: `Adds up over dimensions, and not over time: of a month, it is the ${measure.pick} one of the month.`,
      }
    case 'exact':
      return exactWords(measure)
    case 'derived':
      return {
        howMade: `Computed as \`${measure.formula}\`.`,
        howItAddsUp: 'Computed from the finished values of its measures, at every grain and in every slice anew.',
      }
    case 'window':
      return { howMade: sentence(windowWords(measure.measure, measure.window)), howItAddsUp: 'Values do not add up.' }
  }
}

const ADDS_UP = 'Adds up over time and over dimensions.'

function mergeableWords({ state, only }: Extract<Measure, { class: 'mergeable' }>): MeasureWords {
  switch (state.kind) {
    case 'persons':
      return {
        howMade: sentence(`different persons${onlyWords(only)}, exactly`),
        howItAddsUp: COUNTED_ONCE,
      }
    case 'uniq':
      return {
        howMade: sentence(
          `different \`${state.of}\`${onlyWords(only)}, ${state.isExact ? 'exactly' : 'with an error below 1 %'}`,
        ),
        howItAddsUp: COUNTED_ONCE,
      }
    case 'quantile':
      return {
        howMade: sentence(
          `the \`${state.of}\` that ${Number((state.level * 100).toFixed(4))} % of rows lie below${onlyWords(only)}, with an error of about 1 %`,
        ),
        howItAddsUp: 'Digests of the values are kept and merged; finished values do not add up.',
      }
  }
}

const COUNTED_ONCE =
  'Each counts once in whatever is asked for: sets are merged, and values of days or of slices are never added up.'

function exactWords({ state }: Extract<Measure, { class: 'exact' }>): MeasureWords {
  if (state.kind === 'median') {
    return {
      howMade: sentence(`the \`${state.of}\` in the middle${onlyWords(state.only)}, exactly`),
      howItAddsUp: 'Computed from all raw rows each time.',
    }
  }
  return {
    howMade: sentence(`\`${state.of}\` as another system computed it by ${[state.grain, ...state.by].join(', ')}`),
    howItAddsUp: 'Says nothing about any other time or slice.',
  }
}

function windowWords(measure: string, window: Window): string {
  switch (window.kind) {
    case 'trailing':
      return `\`${measure}\` of the ${window.days} days up to the end of the bucket`
    case 'to_date':
      return `\`${measure}\` from the start of the ${window.grain.replaceAll('_', ' ')} to the end of the bucket`
    case 'mean':
      return `the mean of \`${measure}\` by ${window.grain.replaceAll('_', ' ')}`
    case 'share':
      return `\`${measure}\`, divided by its value over all values of the dimensions`
  }
}

function addendWords({ of, only }: Addend): string {
  return `${of === undefined ? 'the number of rows' : `the sum of \`${of}\``}${onlyWords(only)}`
}

const onlyWords = (only: string | undefined) => (only === undefined ? '' : ` where \`${only}\``)
const eachOf = (per: readonly string[]) => (per.length === 0 ? '' : ` of each ${per.join(' and ')}, added up`)
const sentence = (words: string) => `${words.charAt(0).toUpperCase()}${words.slice(1)}.`
