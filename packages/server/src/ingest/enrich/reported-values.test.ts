import { expect, test } from 'vitest'
import { languageTag, screenSize } from './reported-values.ts'

test.each([
  ['de-DE', 'de-DE'],
  ['de-de', 'de-DE'],
  ['EN', 'en'],
  ['en_US', 'en-US'],
  ['en_US.UTF-8', 'en-US'],
  ['zh-hans-cn', 'zh-Hans-CN'],
  ['fr-CH, fr;q=0.9, *;q=0.5', 'fr-CH'],
  ['*', undefined],
  ['x', undefined],
  ['deutsch', 'deutsch'],
  ['de-DE<script>', undefined],
  ['', undefined],
])('the language "%s" is %s', (text, tag) => {
  expect(languageTag(text)).toBe(tag)
})

test.each([
  ['1920x1080', '1920x1080'],
  ['1920 X 1080', '1920x1080'],
  ['1920×1080', '1920x1080'],
  ['393.5x851.2', '393x851'],
  ['2560x1440x24', '2560x1440'],
  ['0x0', undefined],
  ['wide', undefined],
  ['1920', undefined],
  ['999999x1', undefined],
])('the screen "%s" is %s', (text, size) => {
  expect(screenSize(text)).toBe(size)
})
