/** The line that counts a website's visitors, for its pages' head. */
export function trackerSnippet(serverUrl: string, key: string): string {
  return `<script defer src="${serverUrl}/js/almanac.js" data-key="${key}"></script>`
}
