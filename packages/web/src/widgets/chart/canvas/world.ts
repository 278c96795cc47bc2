import { WORLD_MAP, worldGeoJson } from '@almanac/core/charts/maps/world.ts'
import { registerMap } from './echarts.ts'

let registered: Promise<void> | undefined
let isThere = false

export const isWorldRegistered = (): boolean => isThere

/** Makes the map known to the charts, once for all; a failure, such as a lost connection, may be tried again. */
export function registerWorld(): Promise<void> {
  registered ??= worldGeoJson().then(
    (world) => {
      registerMap(WORLD_MAP, world as unknown as Parameters<typeof registerMap>[1])
      isThere = true
    },
    (error) => {
      registered = undefined
      throw error
    },
  )
  return registered
}
