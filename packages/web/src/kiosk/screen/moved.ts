/** The list with one of its entries a place earlier or later. */
export function moved<T>(list: readonly T[], index: number, by: 1 | -1): T[] {
  const [one, other] = [list[index], list[index + by]]
  if (one === undefined || other === undefined) return [...list]
  return list.map((entry, i) => (i === index ? other : i === index + by ? one : entry))
}
