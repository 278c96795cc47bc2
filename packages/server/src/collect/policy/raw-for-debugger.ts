import { maskAddresses } from '../log-formats/mask-addresses.ts'

const MAX_CHARACTERS = 16 * 1024
/** So that an address or a key at the end is seen as a whole before the text is cut. */
const LONGEST_MATCH = 100

/** Text as it came, cut, its IP addresses masked, and our keys shortened to the part that is no secret. */
export function rawForDebugger(raw: string): string {
  const text = maskAddresses(raw.slice(0, MAX_CHARACTERS + LONGEST_MATCH).replace(OUR_KEY, '$1_…'))
  return raw.length > MAX_CHARACTERS ? `${text.slice(0, MAX_CHARACTERS)}…` : text
}

const OUR_KEY = /(alm_[0-9a-f]{12})_[\w-]+/g
