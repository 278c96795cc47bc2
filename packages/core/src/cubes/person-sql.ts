/**
 * The person behind a row of `events`. The table `identities` has the visitors that are not their own person, which are few
 * beside the events, and holds the last word of each: a join with it is a look-up in memory.
 */
export const PERSON_JOIN = `LEFT ANY JOIN (
  SELECT visitor_id AS linked_visitor, person_id AS linked_person FROM identities FINAL
) AS links ON visitor_id = linked_visitor`

export const PERSON_SQL = 'if(linked_person = 0, visitor_id, linked_person)'
