/** A canvas that can be had sharper than it is on the screen, and is looked up by its element when a page is painted to a file. */
const pictures = new WeakMap<Element, (scale: number) => HTMLCanvasElement>()

/** Returns the way to forget it. */
export function offerPicture(element: Element, paint: (scale: number) => HTMLCanvasElement): () => void {
  pictures.set(element, paint)
  return () => pictures.delete(element)
}

export function pictureOf(element: Element, scale: number): HTMLCanvasElement | undefined {
  return pictures.get(element)?.(scale)
}
