/** A text of a definition as a literal of ClickHouse's SQL. What comes from a request is a bound parameter instead. */
export const quotedText = (text: string) => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`
