import type { Drawing, Look } from '@almanac/core/charts/drawing.ts'
import { chartMarks } from './svg/chart.ts'
import { element } from './svg/element.ts'
import { gridMarks, timelineMarks } from './svg/grids.ts'
import { legendLines } from './svg/legend.ts'
import { bulletMarks, rankedMarks } from './svg/lists.ts'
import { numberMarks } from './svg/number.ts'
import { rectangle, write } from './svg/pen.ts'
import { noteMarks, proseMarks } from './svg/prose.ts'
import { pivotMarks, tableMarks } from './svg/table.ts'

const TITLE_PX = 30

/**
 * A drawing as an SVG document that needs nothing from outside, for mail, reports and files. The drawing keeps the size of the
 * look that it was made for; the title and the legend stand above it and make the picture so much higher. Fonts go by name.
 */
export async function drawSvg(drawing: Drawing, look: Look, title?: string): Promise<string> {
  const legend = drawing.as === 'chart' ? legendLines(drawing, look) : { marks: '', heightPx: 0 }
  const titlePx = title === undefined || title === '' ? 0 : TITLE_PX
  const [width, height] = [look.widthPx, look.heightPx + titlePx + legend.heightPx]
  const summary = 'summary' in drawing ? drawing.summary : undefined
  const label = [title, summary].filter((one) => one !== undefined && one !== '').join('. ')
  return element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      'xmlns:xlink': 'http://www.w3.org/1999/xlink',
      width,
      height,
      viewBox: `0 0 ${width} ${height}`,
      role: 'img',
      'aria-label': label === '' ? undefined : label,
      'font-family': look.theme.font,
      // Figures of equal width; what does not know the property shows ordinary ones.
      'font-feature-settings': '"tnum"',
    },
    [
      rectangle(0, 0, width, height, look.theme.surface),
      titlePx > 0 ? write(title ?? '', 16, 21, look, { sizePx: 14, weight: 600, mostPx: width - 32 }) : '',
      element('g', { transform: `translate(0 ${titlePx})` }, [legend.marks, ' ']),
      element('g', { transform: `translate(0 ${titlePx + legend.heightPx})` }, [await marksOf(drawing, look), ' ']),
    ],
  )
}

async function marksOf(drawing: Drawing, look: Look): Promise<string> {
  switch (drawing.as) {
    case 'chart':
      return chartMarks(drawing, look)
    case 'number':
      return numberMarks(drawing, look)
    case 'table':
      return tableMarks(drawing, look)
    case 'pivot':
      return pivotMarks(drawing, look)
    case 'ranked':
      return rankedMarks(drawing, look)
    case 'grid':
      return gridMarks(drawing, look)
    case 'timeline':
      return timelineMarks(drawing, look)
    case 'bullet':
      return bulletMarks(drawing, look)
    case 'text':
      return proseMarks(drawing.markdown, look)
    // Nothing is fetched from outside while a picture is drawn.
    case 'image':
      return noteMarks(drawing.alternative === '' ? 'An image' : drawing.alternative, look)
    case 'embed':
      return noteMarks(drawing.address, look)
    case 'empty':
      return noteMarks(drawing.text, look)
  }
}
