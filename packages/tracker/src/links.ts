import { add } from './send.ts'

/** Clicks on links that lead to another host or to a file; with the middle button, into another tab. */
export function noteClick(event: MouseEvent): void {
  const rightButton = 2
  const link = (event.target as Element).closest('a')
  // What leads to no host, such as mailto:, is none of it. Which endings of a path make a download, the server knows.
  if (!link?.host || event.button === rightButton) return
  const isFile = link.download || /\.(?!html|php|asp)\w+$/.test(link.pathname)
  if (isFile || link.host !== location.host) add('link', { url: link.href, download: link.download })
}
