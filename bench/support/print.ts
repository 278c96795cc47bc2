export function print(name: string, text: string): void {
  console.log(`${name.padEnd(26)}${text}`)
}

export function figure(value: number): string {
  return Math.round(value).toLocaleString('en')
}
