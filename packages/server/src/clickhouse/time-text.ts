/** Milliseconds since 1970 as ClickHouse's basic parser reads a DateTime64(3) in UTC. */
export function clickhouseTime(milliseconds: number): string {
  return new Date(milliseconds).toISOString().slice(0, 23)
}
