import { expect, test } from 'vitest'
import { NOTHING } from '../testing/frames-parts.ts'
import { LOOK } from '../testing/look.ts'
import { drawEmbed } from './embed.ts'
import { drawImage } from './image.ts'
import { isPage, isPicture } from './safe-address.ts'
import { drawText } from './text.ts'

test.each([
  { address: 'https://example.com/status', page: true, picture: true },
  { address: 'http://localhost:3000/', page: false, picture: false },
  { address: '/images/logo.png', page: false, picture: true },
  { address: '//example.com/logo.png', page: false, picture: false },
  { address: '/\\example.com/logo.png', page: false, picture: false },
  { address: 'data:image/png;base64,AAAA', page: false, picture: true },
  { address: 'data:text/html,<script>1</script>', page: false, picture: false },
  { address: 'javascript:alert(1)', page: false, picture: false },
  { address: ' JavaScript:alert(1)', page: false, picture: false },
  { address: 'java\nscript:alert(1)', page: false, picture: false },
  { address: 'nonsense', page: false, picture: false },
])('$address: as a page $page, as a picture $picture', ({ address, page, picture }) => {
  expect({ page: isPage(address), picture: isPicture(address) }).toEqual({ page, picture })
})

test('a picture and a page that may not be followed say what was expected', () => {
  const empty = { as: 'empty', reason: 'unfit', text: expect.stringContaining('https://') }
  expect(drawImage({ kind: 'image', address: 'javascript:1', alternative: '' }, NOTHING, LOOK)).toEqual(empty)
  expect(drawEmbed({ kind: 'embed', address: 'javascript:1' }, NOTHING, LOOK)).toEqual(empty)
})

test('a text is handed on as it was written', () => {
  expect(drawText({ kind: 'text', text: '# <b>Hi</b>' }, NOTHING, LOOK)).toEqual({
    as: 'text',
    markdown: '# <b>Hi</b>',
  })
  expect(drawText({ kind: 'text', text: ' \n' }, NOTHING, LOOK)).toMatchObject({ as: 'empty', reason: 'nothing' })
})
