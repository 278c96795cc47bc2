import { drawBar, drawHorizontalBar, drawStackedBar } from './axes/kinds/bars.ts'
import { drawBoxPlot } from './axes/kinds/box-plot.ts'
import { drawCalendarHeatMap } from './axes/kinds/calendar-heat-map.ts'
import { drawCombo } from './axes/kinds/combo.ts'
import { drawHeatMap } from './axes/kinds/heat-map.ts'
import { drawHistogram } from './axes/kinds/histogram.ts'
import { drawHourWeekday } from './axes/kinds/hour-weekday.ts'
import { drawArea, drawLine, drawShareArea, drawStackedArea } from './axes/kinds/lines.ts'
import { drawRadar } from './axes/kinds/radar.ts'
import { drawBubble, drawScatter } from './axes/kinds/scatter.ts'
import { drawWaterfall } from './axes/kinds/waterfall.ts'
import type { ChartSpec } from './chart-spec.ts'
import type { Drawing, Look } from './drawing.ts'
import type { Frame } from './frame.ts'
import { drawDonut } from './parts/donut.ts'
import { drawFunnel } from './parts/funnel.ts'
import { drawGauge } from './parts/gauge.ts'
import { drawPie } from './parts/pie.ts'
import { drawPointsMap } from './parts/points-map.ts'
import { drawSankey } from './parts/sankey.ts'
import { drawSunburst } from './parts/sunburst.ts'
import { drawTreemap } from './parts/treemap.ts'
import { drawWorldMap } from './parts/world-map.ts'
import { UnfitFrame } from './roles.ts'
import { isStatic } from './static-kinds.ts'
import { drawBullet } from './views/bullet.ts'
import { drawCohortGrid } from './views/cohort-grid.ts'
import { drawEmbed } from './views/embed.ts'
import { drawImage } from './views/image.ts'
import { drawNumber } from './views/number.ts'
import { drawPivot } from './views/pivot.ts'
import { drawRankedList } from './views/ranked-list.ts'
import { drawStatusTimeline } from './views/status-timeline.ts'
import { drawTable } from './views/table.ts'
import { drawText } from './views/text.ts'

/**
 * A spec and a frame become a drawing, the same in the browser and on the server. It never throws for what is in the
 * frame: one that is empty or does not fit the kind is an `EmptyDrawing` that says why.
 */
export function draw(spec: ChartSpec, frame: Frame, look: Look): Drawing {
  if (!isStatic(spec.kind) && frame.rows.length === 0)
    return { as: 'empty', reason: 'nothing', text: 'There is nothing in this range.' }
  try {
    return drawKind(spec, frame, look)
  } catch (error) {
    if (error instanceof UnfitFrame) return { as: 'empty', reason: 'unfit', text: error.message }
    throw error
  }
}

function drawKind(spec: ChartSpec, frame: Frame, look: Look): Drawing {
  switch (spec.kind) {
    case 'line':
      return drawLine(spec, frame, look)
    case 'area':
      return drawArea(spec, frame, look)
    case 'stacked_area':
      return drawStackedArea(spec, frame, look)
    case 'share_area':
      return drawShareArea(spec, frame, look)
    case 'bar':
      return drawBar(spec, frame, look)
    case 'horizontal_bar':
      return drawHorizontalBar(spec, frame, look)
    case 'stacked_bar':
      return drawStackedBar(spec, frame, look)
    case 'combo':
      return drawCombo(spec, frame, look)
    case 'number':
      return drawNumber(spec, frame, look)
    case 'table':
      return drawTable(spec, frame, look)
    case 'pivot':
      return drawPivot(spec, frame, look)
    case 'pie':
      return drawPie(spec, frame, look)
    case 'donut':
      return drawDonut(spec, frame, look)
    case 'scatter':
      return drawScatter(spec, frame, look)
    case 'bubble':
      return drawBubble(spec, frame, look)
    case 'histogram':
      return drawHistogram(spec, frame, look)
    case 'heat_map':
      return drawHeatMap(spec, frame, look)
    case 'calendar_heat_map':
      return drawCalendarHeatMap(spec, frame, look)
    case 'hour_weekday':
      return drawHourWeekday(spec, frame, look)
    case 'gauge':
      return drawGauge(spec, frame, look)
    case 'bullet':
      return drawBullet(spec, frame, look)
    case 'funnel':
      return drawFunnel(spec, frame, look)
    case 'waterfall':
      return drawWaterfall(spec, frame, look)
    case 'treemap':
      return drawTreemap(spec, frame, look)
    case 'sunburst':
      return drawSunburst(spec, frame, look)
    case 'sankey':
      return drawSankey(spec, frame, look)
    case 'radar':
      return drawRadar(spec, frame, look)
    case 'box_plot':
      return drawBoxPlot(spec, frame, look)
    case 'cohort_grid':
      return drawCohortGrid(spec, frame, look)
    case 'world_map':
      return drawWorldMap(spec, frame, look)
    case 'points_map':
      return drawPointsMap(spec, frame, look)
    case 'ranked_list':
      return drawRankedList(spec, frame, look)
    case 'status_timeline':
      return drawStatusTimeline(spec, frame, look)
    case 'text':
      return drawText(spec, frame, look)
    case 'image':
      return drawImage(spec, frame, look)
    case 'embed':
      return drawEmbed(spec, frame, look)
  }
}
