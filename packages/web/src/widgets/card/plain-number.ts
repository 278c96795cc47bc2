/** Sums of money end here; what has more digits is a ratio. */
const MOST_EXACT_DECIMALS = 4

/**
 * A number without the noise of binary fractions: `-9459.189999999999` is `-9459.19`. Integers and sums of money keep every digit;
 * of ratios, twelve digits are enough.
 */
export function plainNumber(value: number): number {
  if (!Number.isFinite(value) || Number.isInteger(value)) return value
  // Fifteen digits are those that a double keeps of any decimal number.
  const near = Number(value.toPrecision(15))
  return decimalsOf(near) <= MOST_EXACT_DECIMALS ? near : Number(value.toPrecision(12))
}

function decimalsOf(value: number): number {
  const [digits = '', exponent = '0'] = String(value).split('e')
  return (digits.split('.')[1]?.length ?? 0) - Number(exponent)
}
