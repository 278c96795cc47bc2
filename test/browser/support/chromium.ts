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

/**
 * For tests whose pages have the user agent of a person's browser: headers that say the same. By itself this Chromium says in
 * its hints that it has no head, and is rightly taken for a bot.
 */
export const HINTS_OF_A_PERSON = { 'sec-ch-ua': '"Google Chrome";v="120", "Chromium";v="120", "Not?A_Brand";v="99"' }
