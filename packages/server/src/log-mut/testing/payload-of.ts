/** A payload that tells its id and can be checked byte by byte; lengths vary with the id. */
export function payloadOf(id: string): string {
  const number = Number(id.split('-').at(-1))
  return `${id}:${'né'.repeat((number * 37) % 400)}`
}
