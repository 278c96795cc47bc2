import { maskAddresses } from '../../log-formats/mask-addresses.ts'

/** What goes to quarantine because nobody could read it. */
export interface RejectedMessage {
  readonly reason: string
  readonly raw: string
}

/** As it came, but for the ends of the addresses in it: Heroku's router and many apps print those of visitors. */
export function withoutAddresses(rejected: readonly RejectedMessage[]): RejectedMessage[] {
  return rejected.map(({ reason, raw }) => ({ reason: maskAddresses(reason), raw: maskAddresses(raw) }))
}
