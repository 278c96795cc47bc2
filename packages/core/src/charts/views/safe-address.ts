/** Addresses that a browser may follow on a reader's behalf: never one that runs, such as `javascript:`. */
export function isPage(address: string): boolean {
  const scheme = URL.parse(address)?.protocol
  return scheme === 'https:' || scheme === 'http:'
}

/** Also a path of this server, and a picture inside the address itself. */
export function isPicture(address: string): boolean {
  return isPage(address) || /^\/(?![/\\])/.test(address) || /^data:image\/(png|jpeg|gif|webp|avif);/.test(address)
}
