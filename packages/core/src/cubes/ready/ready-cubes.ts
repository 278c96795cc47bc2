import type { CubeDefinition } from '../cube.ts'
import { METRICS_CUBE } from './metrics.ts'
import { MOBILE_CUBE } from './mobile.ts'
import { PRODUCT_CUBE } from './product.ts'
import { REVENUE_CUBE } from './revenue.ts'
import { VISITS_CUBE } from './visits.ts'
import { WEB_CUBE } from './web.ts'

/** The cubes that come with Almanac. */
export const READY_CUBES: readonly CubeDefinition[] = [
  WEB_CUBE,
  VISITS_CUBE,
  PRODUCT_CUBE,
  MOBILE_CUBE,
  REVENUE_CUBE,
  METRICS_CUBE,
]
