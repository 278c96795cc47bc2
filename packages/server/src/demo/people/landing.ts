import { CAMPAIGNS } from '../company/calendar.ts'
import { pick, pickWeighted } from '../random.ts'
import type { Session } from './session.ts'
import { chooseTitle } from './watch.ts'
import { type Arrival, BLOG_PAGES, DEAD_PAGES, HOME, offerPage, type Page, START, titlePage } from './web-page.ts'

export interface Landing {
  readonly page: Page
  readonly arrival: Arrival
}

const MAILING = CAMPAIGNS.find((campaign) => campaign.channels.includes('newsletter'))

/** Where a visit begins. First visits come by their channel; later ones mostly by heart, some by mail or a search. */
export function landingOf(session: Session): Landing {
  const { visit, visitor, random } = session
  if (visit.isFromMailing && MAILING) return byMail(MAILING.name, offerPage(MAILING.landingPath))
  if (visit.isFirst) return firstLanding(session)
  const isMember = session.userId !== undefined
  if (random() < (isMember ? 0.1 : 0.05)) return byMail('friday-picks', titlePage(chooseTitle(session)))
  if (random() < (isMember ? 0.06 : 0.25)) {
    return { page: searchedPage(session), arrival: { referrer: 'https://www.google.com/' } }
  }
  if (random() < 0.01) return { page: pick(random, DEAD_PAGES), arrival: {} }
  return { page: isMember || visitor.browser.kind === 'tv' ? START : HOME, arrival: {} }
}

function firstLanding(session: Session): Landing {
  const { visitor, random } = session
  const { channel, trafficSource, campaignName } = visitor
  const referrer = trafficSource.referrer && { referrer: trafficSource.referrer }
  if (channel.name === 'organic_search') return { page: searchedPage(session), arrival: { ...referrer } }
  if (!channel.medium || !campaignName) return { page: HOME, arrival: { ...referrer } }
  const campaign = {
    source: trafficSource.name,
    medium: channel.medium,
    name: campaignName,
    content: pickWeighted(random, CONTENTS).name,
  }
  const isDeadLink = channel.name === 'partner' && random() < 0.06
  const shown = isDeadLink ? pick(random, DEAD_PAGES) : paidPage(session, campaignName)
  return { page: shown, arrival: { ...referrer, campaign, query: queryOf(campaign) } }
}

function searchedPage(session: Session): Page {
  const { random } = session
  const chance = random()
  if (chance < 0.46) return titlePage(chooseTitle(session))
  if (chance < 0.49) return pick(random, DEAD_PAGES)
  return chance < 0.68 ? pick(random, BLOG_PAGES) : HOME
}

function paidPage(session: Session, campaignName: string): Page {
  const campaign = CAMPAIGNS.find(({ name }) => name === campaignName)
  if (campaign && session.random() < 0.8) return offerPage(campaign.landingPath)
  return session.random() < 0.5 ? titlePage(chooseTitle(session)) : offerPage('/offers/seven-days-free')
}

function byMail(name: string, shown: Page): Landing {
  const campaign = { source: 'newsletter', medium: 'email', name, content: 'button' }
  return { page: shown, arrival: { campaign, query: queryOf(campaign) } }
}

function queryOf(campaign: { source: string; medium: string; name: string; content: string }): string {
  const { source, medium, name, content } = campaign
  return `?utm_source=${source}&utm_medium=${medium}&utm_campaign=${name}&utm_content=${content}`
}

const CONTENTS = [
  { name: 'trailer', weight: 5 },
  { name: 'carousel', weight: 3 },
  { name: 'price', weight: 2 },
]
