import type { Board } from '../board.ts'
import { ACQUISITION_BOARD } from './acquisition.ts'
import { MOBILE_BOARD } from './mobile.ts'
import { OVERVIEW_BOARD } from './overview.ts'
import { PAYMENTS_BOARD } from './payments.ts'
import { QUALITY_BOARD } from './quality.ts'
import { REVENUE_BOARD } from './revenue.ts'
import { WEB_BOARD } from './web.ts'

/** The dashboards that come with Almanac; the slug is their address. Who wants to change one copies it. */
export const READY_BOARDS: readonly { readonly slug: string; readonly board: Board }[] = [
  { slug: 'overview', board: OVERVIEW_BOARD },
  { slug: 'web', board: WEB_BOARD },
  { slug: 'mobile', board: MOBILE_BOARD },
  { slug: 'acquisition', board: ACQUISITION_BOARD },
  { slug: 'revenue', board: REVENUE_BOARD },
  { slug: 'quality', board: QUALITY_BOARD },
  { slug: 'payments', board: PAYMENTS_BOARD },
]
