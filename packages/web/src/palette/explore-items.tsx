import { Boxes, Sigma } from 'lucide-react'
import type { CubeEntry } from '../api/cubes.ts'
import type { PaletteItem } from './palette-items.ts'

const ICON = { size: 15, 'aria-hidden': true } as const

/**
 * Cubes, which open with their first measure, and after them each of the measures. A cube that has a measure of its own name
 * leads there by that alone.
 */
export function exploreItems(
  cubes: readonly CubeEntry[],
  explore: (cube: string, measures: readonly string[]) => void,
): PaletteItem[] {
  const whole = cubes.filter(hasOwnName).map(({ name, label, description, measures }) => ({
    id: `cube:${name}`,
    label: `Explore ${label}`,
    note: description,
    words: name,
    icon: <Boxes {...ICON} />,
    run: () =>
      explore(
        name,
        measures.slice(0, 1).map((one) => one.name),
      ),
  }))
  const each = cubes.flatMap((cube) =>
    cube.measures.map(({ name, label }) => ({
      id: `measure:${cube.name}.${name}`,
      label: `Explore ${label}`,
      note: cube.label,
      words: `${name} ${cube.name}`,
      icon: <Sigma {...ICON} />,
      run: () => explore(cube.name, [name]),
    })),
  )
  return [...whole, ...each]
}

const hasOwnName = ({ label, measures }: CubeEntry) => !measures.some((measure) => measure.label === label)
