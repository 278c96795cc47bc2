import type { Look } from './drawing.ts'

/** How a chart appears and changes: quickly, or at once where nothing is to move. */
export const motionOf = ({ isAnimated }: Look) => ({
  animation: isAnimated,
  animationDuration: 300,
  animationDurationUpdate: 300,
})
