/** Robots that every public website meets. They send no cookie; the address and the user agent are all they show. */
export interface BotAgent {
  readonly userAgent: string
  readonly habit: 'crawl' | 'monitor' | 'preview' | 'scan'
  readonly weight: number
}

const CHROME = 'AppleWebKit/537.36 (KHTML, like Gecko'

export const BOT_AGENTS: readonly BotAgent[] = [
  crawler('Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)', 12),
  crawler(
    `Mozilla/5.0 (Linux; Android 6.0.1; Nexus 5X Build/MMB29P) ${CHROME}) Chrome/147.0.7727.55 Mobile Safari/537.36 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)`,
    16,
  ),
  crawler(
    `Mozilla/5.0 ${CHROME}; compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm) Chrome/136.0.0.0 Safari/537.36`,
    9,
  ),
  crawler('Mozilla/5.0 (compatible; YandexBot/3.0; +http://yandex.com/bots)', 3),
  crawler('Mozilla/5.0 (compatible; AhrefsBot/7.0; +http://ahrefs.com/robot/)', 8),
  crawler('Mozilla/5.0 (compatible; SemrushBot/7~bl; +http://www.semrush.com/bot.html)', 7),
  crawler('Mozilla/5.0 (compatible; DotBot/1.2; +https://opensiteexplorer.org/dotbot; help@moz.com)', 2),
  crawler('Mozilla/5.0 (compatible; MJ12bot/v2.0.2; http://mj12bot.com/)', 2),
  crawler(`Mozilla/5.0 ${CHROME}; compatible; GPTBot/1.2; +https://openai.com/gptbot)`, 9),
  crawler(`Mozilla/5.0 ${CHROME}; compatible; ClaudeBot/1.0; +claudebot@anthropic.com)`, 7),
  crawler(
    `Mozilla/5.0 ${CHROME}; compatible; Amazonbot/0.1; +https://developer.amazon.com/support/amazonbot) Chrome/119.0.6045.214 Safari/537.36`,
    4,
  ),
  crawler('CCBot/2.0 (https://commoncrawl.org/faq/)', 3),
  crawler(
    'Mozilla/5.0 (Linux; Android 5.0) AppleWebKit/537.36 (KHTML, like Gecko) Mobile Safari/537.36 (compatible; Bytespider; spider-feedback@bytedance.com)',
    4,
  ),
  crawler(
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_5) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/13.1.1 Safari/605.1.15 (Applebot/0.1; +http://www.apple.com/go/applebot)',
    3,
  ),
  {
    habit: 'preview',
    weight: 8,
    userAgent: 'facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)',
  },
  { habit: 'preview', weight: 5, userAgent: 'Twitterbot/1.0' },
  { habit: 'preview', weight: 6, userAgent: 'WhatsApp/2.23.20.0' },
  { habit: 'preview', weight: 4, userAgent: 'TelegramBot (like TwitterBot)' },
  { habit: 'monitor', weight: 10, userAgent: 'Mozilla/5.0+(compatible; UptimeRobot/2.0; http://www.uptimerobot.com/)' },
  { habit: 'scan', weight: 3, userAgent: 'python-requests/2.32.3' },
  { habit: 'scan', weight: 2, userAgent: 'curl/8.9.1' },
  { habit: 'scan', weight: 2, userAgent: 'Go-http-client/1.1' },
]

function crawler(userAgent: string, weight: number): BotAgent {
  return { userAgent, habit: 'crawl', weight }
}
