import type { ChartOf } from '../chart-spec.ts'
import type { Drawing, Look } from '../drawing.ts'
import type { Frame } from '../frame.ts'
import { isPicture } from './safe-address.ts'

export function drawImage(
  { address, alternative, fit = 'contain' }: ChartOf<'image'>,
  _frame: Frame,
  _look: Look,
): Drawing {
  if (address.trim() === '') return { as: 'empty', reason: 'nothing', text: 'No picture yet.' }
  if (!isPicture(address)) return { as: 'empty', reason: 'unfit', text: EXPECTED }
  return { as: 'image', address, alternative, fit }
}

const EXPECTED = 'A picture needs an address that begins with https://, or a path of this server.'
