/**
 * Whether every card in sight shows what it has to show, as an expression for a page: the code of the charts, and the map of the world,
 * come after the figures. A text, because the pages' policy allows no other way of waiting in them.
 */
export const ARE_CARDS_DRAWN = `[...document.querySelectorAll('article')]
  .filter((card) => {
    const { top, bottom } = card.getBoundingClientRect()
    return top < innerHeight && bottom > 0
  })
  .every(
    (card) =>
      !card.querySelector('.skeleton') &&
      [...card.querySelectorAll('[data-picture]')].every((picture) => picture.querySelector('canvas')),
  )`
