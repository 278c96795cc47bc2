/**
 * How much everything is enlarged on a wall screen. The smallest type of charts is 11 pixels; it becomes 20 on a screen of 1080
 * lines, which can be read at five metres, and grows with the screen.
 */
export function stageZoom(widthPx: number, heightPx: number): number {
  return Math.max(1, Math.min(widthPx, heightPx) / LINES)
}

const LINES = 590
