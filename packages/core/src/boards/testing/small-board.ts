import type { BoardInput, WidgetInput } from '../board.ts'
import { defineBoard } from '../define-board.ts'

/** For tests: one tab with one section of these widgets. */
export function smallBoard(widgets: WidgetInput[] = [], more: Partial<BoardInput> = {}) {
  const tabs = [{ id: 'main', title: 'Main', sections: [{ id: 'all', widgets }] }]
  return defineBoard({ title: 'Small', tabs, ...more })
}

/** One that asks a cube, or shows a text where there is no data. */
export function smallWidget(id: string, data: NonNullable<WidgetInput['data']> = []): WidgetInput {
  const chart: WidgetInput['chart'] = data.length > 0 ? { kind: 'line' } : { kind: 'text', text: id }
  return { id, title: id, place: { x: 0, y: 0, w: 12, h: 6 }, chart, data }
}
