/**
 * Ad networks fill their own placeholders into an address before they show the ad: `{site_id}`, `{{campaign.name}}`,
 * `${CREATIVE}`, `[AD_ID]`, `__CAMPAIGN_NAME__`. One that arrives as it was written was not filled, and says nothing.
 */
export function isNetworkPlaceholder(value: string): boolean {
  return NETWORK_PLACEHOLDER.test(value)
}

const NETWORK_PLACEHOLDER = /^(?:\$?\{[^{}]+\}|\{\{[^{}]+\}\}|\[[\w.-]+\]|__\w+__)$/
