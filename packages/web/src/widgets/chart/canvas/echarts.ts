import { guardTextCache } from '@almanac/core/charts/guard-text-cache.ts'
import {
  BarChart,
  BoxplotChart,
  GaugeChart,
  HeatmapChart,
  LineChart,
  MapChart,
  PieChart,
  RadarChart,
  SankeyChart,
  ScatterChart,
  SunburstChart,
  TreemapChart,
} from 'echarts/charts'
import {
  CalendarComponent,
  GeoComponent,
  GraphicComponent,
  GridComponent,
  MarkAreaComponent,
  MarkLineComponent,
  RadarComponent,
  VisualMapContinuousComponent,
} from 'echarts/components'
import { type EChartsType, init, registerMap, use } from 'echarts/core'
import { LabelLayout } from 'echarts/features'
import { CanvasRenderer } from 'echarts/renderers'
import LRU from 'zrender/lib/core/LRU.js'

guardTextCache(LRU)

// Only what is drawn: no tooltip, legend, title or toolbox, which are ours.
use([
  BarChart,
  BoxplotChart,
  GaugeChart,
  HeatmapChart,
  LineChart,
  MapChart,
  PieChart,
  RadarChart,
  SankeyChart,
  ScatterChart,
  SunburstChart,
  TreemapChart,
  CalendarComponent,
  GeoComponent,
  GraphicComponent,
  GridComponent,
  MarkAreaComponent,
  MarkLineComponent,
  RadarComponent,
  VisualMapContinuousComponent,
  LabelLayout,
  CanvasRenderer,
])

export { type EChartsType, init, registerMap }
