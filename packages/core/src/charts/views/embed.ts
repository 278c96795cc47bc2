import type { ChartOf } from '../chart-spec.ts'
import type { Drawing, Look } from '../drawing.ts'
import type { Frame } from '../frame.ts'
import { isPage } from './safe-address.ts'

export function drawEmbed({ address }: ChartOf<'embed'>, _frame: Frame, _look: Look): Drawing {
  if (address.trim() === '') return { as: 'empty', reason: 'nothing', text: 'No page yet.' }
  if (!isPage(address)) return { as: 'empty', reason: 'unfit', text: EXPECTED }
  return { as: 'embed', address }
}

const EXPECTED = 'An embedded page needs an address that begins with https://.'
