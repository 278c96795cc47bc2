import { expect, test } from 'vitest'
import { changeTo, redo, startHistory, undo } from './history.ts'

const typed = (atMs: number, name = 'title') => ({ name, atMs })
const letters = (...texts: string[]) =>
  texts.reduce((history, text, i) => changeTo(history, text, typed(i * 200)), startHistory(''))

test('undo brings back what was, and redo what was taken back', () => {
  const history = changeTo(changeTo(startHistory('a'), 'b'), 'c')
  expect(undo(history).present).toBe('b')
  expect(undo(undo(history)).present).toBe('a')
  expect(redo(undo(history)).present).toBe('c')
})

test('with nothing to take back, nothing happens', () => {
  const history = startHistory('a')
  expect(undo(history)).toBe(history)
  expect(redo(history)).toBe(history)
})

test('a word that is typed is one step', () => {
  expect(undo(letters('H', 'Hi', 'Hit')).present).toBe('')
})

test('what is typed after a pause is another step', () => {
  const history = changeTo(letters('H', 'Hi'), 'Hits', typed(5000))
  expect(undo(history).present).toBe('Hi')
})

test('changes without a step never join', () => {
  expect(undo(changeTo(changeTo(startHistory('a'), 'b'), 'c')).present).toBe('b')
})

test('another field is another step', () => {
  expect(undo(changeTo(letters('H', 'Hi'), 'X', typed(300, 'description'))).present).toBe('Hi')
})

test('what was undone joins nothing', () => {
  const history = changeTo(undo(letters('H', 'Hi')), 'X', typed(300))
  expect(undo(history).present).toBe('')
})

test('a new change ends what could be redone', () => {
  const history = changeTo(undo(changeTo(startHistory('a'), 'b')), 'c')
  expect(redo(history)).toBe(history)
})

test('the same value is no change', () => {
  const history = startHistory('a')
  expect(changeTo(history, 'a')).toBe(history)
})

test('the oldest steps are forgotten', () => {
  let history = startHistory(0)
  for (let value = 1; value <= 300; value++) history = changeTo(history, value)
  expect(history.past).toHaveLength(200)
  expect(history.past[0]).toBe(100)
})
