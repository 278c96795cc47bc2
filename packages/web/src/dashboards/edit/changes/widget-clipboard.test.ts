import { Widget } from '@almanac/core/boards/board.ts'
import { expect, test } from 'vitest'
import { readWidgetText, widgetText } from './widget-clipboard.ts'

const widget = Widget.parse({
  id: 'hits',
  title: '</script> 🙂',
  place: { x: 0, y: 0, w: 6, h: 4 },
  chart: { kind: 'line' },
  data: [{ from: 'cube', cube: 'web', measures: ['hits'] }],
})

test('a copied widget comes back as it was', () => {
  expect(readWidgetText(widgetText(widget))).toEqual({ widget })
})

test.each(['hello', '', '{', '[1]', '{"a":1}', '{"almanac":"board"}'])('%s is no widget', (text) => {
  expect(readWidgetText(text)).toBeUndefined()
})

test('what is wrong with a widget is said', () => {
  const text = widgetText({ ...widget, place: { x: 0, y: 0, w: 600, h: 4 } })
  expect(readWidgetText(text)).toEqual({ problem: expect.stringContaining('place.w') })
})
