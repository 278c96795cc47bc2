import type { Annotation } from '../boards/annotations/annotation-store.ts'
import type { GrafanaAnswer, GrafanaMetric } from './grafana-answers.ts'

/**
 * Annotations for Grafana's JSON data source. Older plug-ins have an address for them and a text, such as `#deploy`, that says
 * which; newer ones ask the same question as for a panel, with a target, and take the columns by their names.
 */
export const ANNOTATIONS_TARGET = 'annotations'

export const ANNOTATIONS_METRIC: GrafanaMetric = {
  label: 'Annotations',
  value: ANNOTATIONS_TARGET,
  payloads: [{ name: 'tags', label: 'Tags', type: 'input', placeholder: 'deploy, sale' }],
}

/** `#deploy #sale`, or with commas. */
export function tagsIn(text: string): string[] {
  const parts = text.split(/,|\s+(?=#)/)
  return parts.map((part) => part.trim().replace(/^#/, '').trim()).filter(Boolean)
}

/** As older plug-ins want it: each with the question that it answers. */
export function annotationEvents(annotations: readonly Annotation[], asked: unknown): object[] {
  return forAllBoards(annotations).map(({ at, until, title, text, tags }) => ({
    ...(asked !== undefined && { annotation: asked }),
    time: at.getTime(),
    ...(until && { timeEnd: until.getTime(), isRegion: true }),
    title,
    text,
    tags,
  }))
}

export function annotationTable(annotations: readonly Annotation[]): GrafanaAnswer {
  return {
    type: 'table',
    columns: COLUMNS,
    rows: forAllBoards(annotations).map(({ at, until, title, text, tags }) => [
      at.getTime(),
      until?.getTime() ?? null,
      title,
      text,
      tags.join(','),
    ]),
  }
}

const COLUMNS = [
  { text: 'time', type: 'time' },
  { text: 'timeEnd', type: 'time' },
  { text: 'title', type: 'string' },
  { text: 'text', type: 'string' },
  { text: 'tags', type: 'string' },
]

/** One that is for a single board is for none of Grafana's. */
const forAllBoards = (annotations: readonly Annotation[]) => annotations.filter(({ board }) => board === null)
