/** In a sentence: what is shown, of how many places, and where it is greatest and least. */
export function placeSummary(
  opening: string,
  places: readonly { readonly value: number; readonly title: string }[],
  textOf: (value: number) => string,
): string {
  const [first] = places
  if (!first) return `${opening}: no values.`
  let [least, greatest] = [first, first]
  for (const place of places) {
    if (place.value < least.value) least = place
    if (place.value > greatest.value) greatest = place
  }
  if (places.length === 1) return `${opening}: ${textOf(first.value)} at ${first.title}.`
  return `${opening}, ${places.length} values: greatest ${textOf(greatest.value)} at ${greatest.title}, least ${textOf(least.value)} at ${least.title}.`
}
