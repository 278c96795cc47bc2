import { expect, test } from 'vitest'
import { keyGroups } from './key-groups.ts'

const shortcut = (keys: string, label: string, group: string, isFallback = false) => ({
  keys,
  label,
  group,
  isEverywhere: false,
  isFallback,
  run: () => {},
})

test('the page’s own keys come first, and what works everywhere last', () => {
  const groups = keyGroups([
    shortcut('mod+k', 'Search and commands', 'Everywhere', true),
    shortcut('g d', 'All dashboards', 'Go to', true),
    shortcut('e', 'Edit', 'Board'),
    shortcut('r', 'Refresh', 'Board'),
  ])
  expect(groups).toEqual([
    {
      label: 'Board',
      lines: [
        { keys: 'e', label: 'Edit' },
        { keys: 'r', label: 'Refresh' },
      ],
    },
    { label: 'Go to', lines: [{ keys: 'g d', label: 'All dashboards' }] },
    { label: 'Everywhere', lines: [{ keys: 'mod+k', label: 'Search and commands' }] },
  ])
})

test('what a page means by the keys of the frame is told instead', () => {
  const groups = keyGroups([shortcut('/', 'Find a dashboard', 'List'), shortcut('/', 'Search', 'Everywhere', true)])
  expect(groups).toEqual([{ label: 'List', lines: [{ keys: '/', label: 'Find a dashboard' }] }])
})
