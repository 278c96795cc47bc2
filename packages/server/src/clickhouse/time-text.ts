/**
 * Milliseconds since 1970 as ClickHouse's basic parser reads a DateTime64(3) in UTC. Neighbouring events share their
 * second, whose text is kept: this is on the path of every event, three times.
 */
export function clickhouseTime(milliseconds: number): string {
  const second = Math.floor(milliseconds / 1000)
  if (second !== lastSecond) {
    lastText = new Date(second * 1000).toISOString().slice(0, 20)
    lastSecond = second
  }
  const fraction = Math.floor(milliseconds - second * 1000)
  return `${lastText}${fraction < 10 ? '00' : fraction < 100 ? '0' : ''}${fraction}`
}

let lastSecond = Number.NaN
let lastText = ''
