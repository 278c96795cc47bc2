import chromium from '@sparticuz/chromium'
import { type Browser, chromium as playwright } from 'playwright-core'

/**
 * The Chromium that is installed with the npm packages; nothing of the system is used. Its package turns the rules
 * between origins off; we want them as people have them: without, requests carry no Origin, and our server refuses them.
 */
export async function launchChromium(): Promise<Browser> {
  const args = chromium.args.filter(
    (arg) => arg !== '--disable-web-security' && arg !== '--allow-running-insecure-content',
  )
  return playwright.launch({
    executablePath: await chromium.executablePath(),
    args: [...args, '--disable-background-networking'],
    headless: true,
  })
}
