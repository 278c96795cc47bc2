/** How to stop what was started, in the order of the starts; it is stopped in the opposite one. */
export type Stops = (() => Promise<unknown> | unknown)[]
