/** Something that runs as it is, to be changed. */
export const FIRST_STATEMENT = `SELECT dateTrunc({grain:String}, occurred_at, {timezone:String}) AS time, count() AS events
FROM events
WHERE occurred_at >= {from:DateTime} AND occurred_at < {to:DateTime}
GROUP BY time ORDER BY time`
