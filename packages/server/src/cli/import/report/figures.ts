const COUNT = new Intl.NumberFormat('en-US')
const UNITS = ['bytes', 'kB', 'MB', 'GB', 'TB']

export function countText(count: number): string {
  return COUNT.format(count)
}

export function bytesText(bytes: number): string {
  let value = bytes
  let unit = 0
  while (value >= 1000 && unit < UNITS.length - 1) {
    value /= 1000
    unit++
  }
  return `${unit === 0 ? value : value.toFixed(1)} ${UNITS[unit]}`
}
