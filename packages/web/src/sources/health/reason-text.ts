/** Why an event was refused or dropped, in words. What has no words here is a sentence already. */
export function reasonText(reason: string): string {
  return REASONS[reason] ?? firstUpper(reason.replace(/\.$/, ''))
}

const REASONS: Readonly<Record<string, string>> = {
  address: 'The IP address is blocked',
  origin: 'The website is not among the allowed origins',
  global_privacy_control: 'The browser asks not to be tracked (Global Privacy Control)',
  do_not_track: 'The browser asks not to be tracked (Do Not Track)',
  path: 'The path is blocked',
  rate_limit: 'More events a second than the limit',
}

function firstUpper(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
