/**
 * Persons in SQL over raw rows. The person behind an event is its visitor, or who the identities say that the visitor is. For
 * uniques each person has a number, given in the order in which they were first computed, so that a set of persons is a
 * small bitmap. Who has none yet stands in the upper half of the numbers with its own id: it is in no cube, and nobody
 * else's number.
 */

/** The table `identities` has the visitors that are not their own person, which are few beside the events. */
export const PERSON_JOIN = `LEFT ANY JOIN (
  SELECT visitor_id AS linked$visitor, person_id AS linked$person FROM identities FINAL
) AS links$ ON visitor_id = linked$visitor`

export const PERSON_SQL = 'if(linked$person = 0, visitor_id, linked$person)'

/** The column of a table that says who stands behind a row; 0 is nobody. */
export type PersonColumn = 'visitor_id' | 'person_id'

/** The person's id, where `personJoin` stands behind FROM. */
export const personId = (column: PersonColumn) => (column === 'visitor_id' ? PERSON_SQL : 'person_id')

export const personJoin = (column: PersonColumn) => (column === 'visitor_id' ? PERSON_JOIN : '')

/** The number to count, 0 for nobody, where `numberJoin` stands behind FROM. */
export function personNumber(column: PersonColumn): string {
  const id = personId(column)
  return `multiIf(${id} = 0, 0, known$number = 0, bitOr(${id}, 9223372036854775808), toUInt64(known$number))`
}

/**
 * The numbers of the persons behind these rows only: a join with all that were ever seen would be made for every query. Without
 * rows, of all of them.
 */
export function numberJoin(
  column: PersonColumn,
  rows: { readonly from: string; readonly where: string } | undefined,
): string {
  const id = personId(column)
  const these =
    rows && `\n  WHERE person_id IN (SELECT ${id} FROM ${rows.from} ${personJoin(column)} WHERE ${rows.where})`
  return `LEFT ANY JOIN (
  SELECT person_id AS numbered$person, max(number) AS known$number FROM person_numbers${these ?? ''}
  GROUP BY person_id
) AS numbers$ ON ${id} = numbered$person`
}
