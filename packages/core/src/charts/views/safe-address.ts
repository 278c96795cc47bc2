/** Addresses that a browser may follow on a reader's behalf: what the server's content policy lets it show, and nothing that runs. */
export function isPage(address: string): boolean {
  return URL.parse(address)?.protocol === 'https:'
}

/** Also a path of this server, and a picture inside the address itself. */
export function isPicture(address: string): boolean {
  return isPage(address) || /^\/(?![/\\])/.test(address) || /^data:image\/(png|jpeg|gif|webp|avif);/.test(address)
}
