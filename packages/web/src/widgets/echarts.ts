import { LineChart } from 'echarts/charts'
import { GridComponent } from 'echarts/components'
import { type EChartsType, init, use } from 'echarts/core'
import { CanvasRenderer } from 'echarts/renderers'

// Only what is drawn: the whole library weighs several times as much.
use([LineChart, GridComponent, CanvasRenderer])

export { type EChartsType, init }
