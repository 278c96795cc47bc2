/** Of the people and of the invited below them, so that the two lists read as one. */
export const PERSON_TABLE = 'w-full table-fixed border-collapse text-left'

/** Classes of a column's head, which sets its width; the person has what is left. */
export const PERSON_COLUMNS = {
  person: 'px-4 py-2.5 font-medium',
  since: 'w-48 lg:w-64 px-4 py-2.5 font-medium max-md:hidden',
  role: 'w-36 px-4.5 py-2.5 font-medium max-sm:w-28',
  actions: 'w-28 px-4 py-2.5 max-md:w-14',
} as const
