/** With the field set, or without it where there is no value: a board's file names only what somebody has chosen. */
export function withField<T extends object, Key extends keyof T>(of: T, key: Key, value: T[Key] | undefined): T {
  const { [key]: _, ...rest } = of
  return (value === undefined ? rest : { ...rest, [key]: value }) as T
}
