/**
 * Of one request, whatever the protocol: real clients send fewer, and a small body of brackets and commas holds millions,
 * each of which would become a line in quarantine.
 */
export const MAX_ITEMS = 5000
