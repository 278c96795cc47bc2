import type { Cell } from '../reading/file-rows.ts'

const TRUE = new Set(['true', 'yes', 'y', 't', 'on', 'ja', 'wahr', 'oui', 'vrai', 'sí', 'si', 'verdadero', 'vero'])
const FALSE = new Set(['false', 'no', 'n', 'f', 'off', 'nein', 'falsch', 'non', 'faux', 'falso'])

/** Undefined when it is neither. 1 and 0 are numbers unless somebody says otherwise. */
export function readBoolean(cell: Cell, areNumbersTaken = true): boolean | undefined {
  if (typeof cell === 'boolean') return cell
  if (areNumbersTaken && (cell === 1 || cell === '1')) return true
  if (areNumbersTaken && (cell === 0 || cell === '0')) return false
  if (typeof cell !== 'string' || cell.length > 9) return undefined
  const word = cell.trim().toLowerCase()
  return TRUE.has(word) ? true : FALSE.has(word) ? false : undefined
}
