import type { Painting } from './paint-element.ts'

/** A shape of an SVG, in the colours and strokes that it has on the page. */
export function paintShape(shape: SVGGeometryElement, { context, originXPx, originYPx }: Painting): void {
  const matrix = shape.getScreenCTM()
  if (!matrix) return
  const style = getComputedStyle(shape)
  const path = new Path2D()
  path.addPath(pathOf(shape), new DOMMatrix([1, 0, 0, 1, -originXPx, -originYPx]).multiply(matrix))
  context.save()
  context.globalAlpha *= Number(style.opacity)
  if (style.fill !== 'none') {
    context.fillStyle = style.fill
    context.fill(path)
  }
  if (style.stroke !== 'none') {
    const isScaled = style.vectorEffect !== 'non-scaling-stroke'
    context.strokeStyle = style.stroke
    context.lineWidth = Number.parseFloat(style.strokeWidth) * (isScaled ? Math.hypot(matrix.a, matrix.b) : 1)
    context.lineCap = style.strokeLinecap as CanvasLineCap
    context.lineJoin = style.strokeLinejoin as CanvasLineJoin
    if (style.strokeDasharray !== 'none')
      context.setLineDash(style.strokeDasharray.split(/[ ,]+/).map(Number.parseFloat))
    context.stroke(path)
  }
  context.restore()
}

function pathOf(shape: SVGGeometryElement): Path2D {
  const number = (name: string) => Number(shape.getAttribute(name) ?? 0)
  const path = new Path2D(shape instanceof SVGPathElement ? (shape.getAttribute('d') ?? '') : undefined)
  if (shape instanceof SVGLineElement) {
    path.moveTo(number('x1'), number('y1'))
    path.lineTo(number('x2'), number('y2'))
  } else if (shape instanceof SVGCircleElement) path.arc(number('cx'), number('cy'), number('r'), 0, 2 * Math.PI)
  else if (shape instanceof SVGRectElement)
    path.roundRect(number('x'), number('y'), number('width'), number('height'), number('rx'))
  else if (shape instanceof SVGPolylineElement || shape instanceof SVGPolygonElement) {
    for (const { x, y } of shape.points) path.lineTo(x, y)
    if (shape instanceof SVGPolygonElement) path.closePath()
  }
  return path
}
