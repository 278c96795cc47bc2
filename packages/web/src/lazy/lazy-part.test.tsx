import { type ReactElement, Suspense } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { prerenderToNodeStream } from 'react-dom/static'
import { expect, test } from 'vitest'
import { Fetched } from './lazily.tsx'
import { type LazyPart, lazyPart } from './lazy-part.ts'

function Name({ name }: { name: string }): ReactElement {
  return <b>{name}</b>
}

async function html(part: LazyPart<{ name: string }>): Promise<string> {
  const page = (
    <Suspense fallback="waiting">
      <Fetched part={part} props={{ name: 'Ada' }} />
    </Suspense>
  )
  const { prelude } = await prerenderToNodeStream(page, { onError: () => undefined })
  return (await Array.fromAsync(prelude)).join('')
}

test('code that was fetched before is shown at once', async () => {
  let tries = 0
  const part = lazyPart<{ name: string }>(async () => {
    tries++
    return { default: Name }
  })
  await part.preload()
  expect(renderToStaticMarkup(<Fetched part={part} props={{ name: 'Ada' }} />)).toBe('<b>Ada</b>')
  expect(tries).toBe(1)
})

test('code that could not be fetched before is fetched when it is shown', async () => {
  let tries = 0
  const part = lazyPart<{ name: string }>(async () => {
    tries++
    if (tries === 1) throw new Error('The connection was lost')
    return { default: Name }
  })
  await part.preload()
  expect(await html(part)).toContain('<b>Ada</b>')
})
