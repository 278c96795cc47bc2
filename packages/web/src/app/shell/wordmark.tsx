import type { ReactElement } from 'react'

export function Wordmark({ isNameHidden = false }: { isNameHidden?: boolean }): ReactElement {
  return (
    <span className="inline-flex items-center gap-2 text-md font-semibold tracking-tight">
      <svg aria-hidden viewBox="0 0 32 32" className="size-5.5">
        <rect width="32" height="32" rx="8" className="fill-accent" />
        <path
          d="M8 23V17M13.33 23V12M18.67 23V15M24 23V8"
          className="stroke-on-accent"
          strokeWidth="3"
          strokeLinecap="round"
        />
      </svg>
      <span className={isNameHidden ? 'max-lg:sr-only' : ''}>Almanac</span>
    </span>
  )
}
