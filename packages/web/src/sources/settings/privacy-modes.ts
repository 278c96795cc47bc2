import type { PrivacyMode } from '@almanac/core/sources/source-settings.ts'

/** The address is stored in none of them. */
export const PRIVACY_CHOICES: readonly { readonly id: PrivacyMode; readonly label: string; readonly note: string }[] = [
  {
    id: 'full',
    label: 'Full',
    note: 'The IP address finds the place and tells visitors of a day apart, then it is dropped. Ids of clients are kept.',
  },
  {
    id: 'masked',
    label: 'Masked address',
    note: 'The address loses its last part before anything is made of it, so places and visitors are less exact.',
  },
  {
    id: 'cookieless',
    label: 'Cookieless',
    note: 'No id from a device or of a user is kept; visitors are told apart for a day only, by a hash that changes.',
  },
]
