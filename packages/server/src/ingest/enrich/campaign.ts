import { remembered } from './remembered.ts'

/**
 * What the query of a page's address says of the way there: the parameters of Google's and Matomo's campaigns, and the ids
 * that networks add to each click on an ad.
 */
export interface CampaignMarks {
  readonly campaign: Campaign
  /** `source` or `ref`, which many sites also use for something else: it counts only where nothing says otherwise. */
  readonly looseSource: string | undefined
  readonly click: Click | undefined
}

export interface Campaign {
  readonly source?: string | undefined
  readonly medium?: string | undefined
  readonly name?: string | undefined
  readonly term?: string | undefined
  readonly content?: string | undefined
  readonly id?: string | undefined
  readonly group?: string | undefined
  readonly placement?: string | undefined
}

export interface Click {
  /** The parameter's name. */
  readonly kind: string
  readonly id: string
  readonly network: ClickNetwork
}

export interface ClickNetwork {
  /** Of the site in `sites.ts`. */
  readonly site: string
  /** What such a click is, when no medium says it; some networks mark links that nobody paid for, too. */
  readonly medium: 'cpc' | 'display' | 'affiliate' | undefined
}

export function campaignMarks(url: string): CampaignMarks {
  const hash = url.indexOf('#')
  const query = hash < 0 ? queryOf(url) : `${queryOf(url.slice(0, hash))}${fragmentQuery(url.slice(hash + 1))}`
  return ANY_MARK.test(query) ? marksOfQuery(query) : NO_MARKS
}

function queryOf(address: string): string {
  const start = address.indexOf('?')
  return start < 0 ? '' : address.slice(start)
}

/** Matomo's and Google's marks may stand behind `#` as well, also behind the route of a single page: `#/shop?utm_source=mail`. */
const fragmentQuery = (fragment: string) => `&${fragment.slice(fragment.indexOf('?') + 1)}`

/** The first that is there counts. */
const CAMPAIGN_PARAMETERS: readonly (readonly [keyof Campaign, readonly string[]])[] = [
  ['source', ['utm_source', 'mtm_source', 'matomo_source', 'pk_source', 'piwik_source']],
  ['medium', ['utm_medium', 'mtm_medium', 'matomo_medium', 'pk_medium', 'piwik_medium']],
  ['name', ['utm_campaign', 'mtm_campaign', 'mtm_cpn', 'matomo_campaign', 'pk_campaign', 'pk_cpn', 'piwik_campaign']],
  ['term', ['utm_term', 'mtm_kwd', 'mtm_keyword', 'matomo_kwd', 'matomo_keyword', 'pk_kwd', 'pk_keyword', 'piwik_kwd']],
  ['content', ['utm_content', 'mtm_content', 'matomo_content', 'pk_content', 'piwik_content']],
  ['id', ['utm_id', 'mtm_cid', 'matomo_cid', 'pk_cid', 'piwik_cid']],
  ['group', ['mtm_group', 'matomo_group', 'pk_group']],
  ['placement', ['mtm_placement', 'matomo_placement', 'pk_placement']],
]

/** In this order: Google adds several of its own to one click, and one that was paid for says more than another. */
const CLICK_IDS: readonly (readonly [string, ClickNetwork])[] = [
  ['gclid', { site: 'Google', medium: 'cpc' }],
  ['gbraid', { site: 'Google', medium: 'cpc' }],
  ['wbraid', { site: 'Google', medium: 'cpc' }],
  ['dclid', { site: 'Google Ads', medium: 'display' }],
  ['msclkid', { site: 'Bing', medium: 'cpc' }],
  ['yclid', { site: 'Yandex', medium: 'cpc' }],
  ['ttclid', { site: 'TikTok', medium: 'cpc' }],
  ['twclid', { site: 'X', medium: 'cpc' }],
  ['li_fat_id', { site: 'LinkedIn', medium: 'cpc' }],
  ['rdt_cid', { site: 'Reddit', medium: 'cpc' }],
  ['sccid', { site: 'Snapchat', medium: 'cpc' }],
  ['qclid', { site: 'Quora', medium: 'cpc' }],
  ['epik', { site: 'Pinterest', medium: undefined }],
  // On every link that leads out of Facebook or Instagram, paid for or not.
  ['fbclid', { site: 'Facebook', medium: undefined }],
  ['tblci', { site: 'Taboola', medium: 'display' }],
  ['dicbo', { site: 'Outbrain', medium: 'display' }],
  ['irclickid', { site: 'Impact', medium: 'affiliate' }],
  ['cjevent', { site: 'CJ', medium: 'affiliate' }],
  ['awc', { site: 'Awin', medium: 'affiliate' }],
  ['tduid', { site: 'Tradedoubler', medium: 'affiliate' }],
]

const ANY_MARK = new RegExp(
  `[?&](?:(?:utm|mtm|pk|matomo|piwik)_|(?:source|ref|${CLICK_IDS.map(([name]) => name).join('|')})=)`,
  'i',
)
const NO_MARKS: CampaignMarks = { campaign: {}, looseSource: undefined, click: undefined }
const MAX_VALUE = 200
const MAX_CLICK_ID = 500

/** The id of a click makes an address that comes once. */
const LONGEST_WITHOUT_CLICK_ID = 120

const marksOfQuery = remembered(
  (query): CampaignMarks => {
    const values = new Map<string, string>()
    for (const [name, value] of new URLSearchParams(query)) {
      const key = name.toLowerCase()
      if (value !== '' && !values.has(key)) values.set(key, value.replaceAll('\0', '\ufffd'))
    }
    const campaign: { -readonly [Key in keyof Campaign]: Campaign[Key] } = {}
    for (const [field, names] of CAMPAIGN_PARAMETERS) {
      const name = names.find((name) => values.has(name))
      if (name !== undefined) campaign[field] = values.get(name)?.slice(0, MAX_VALUE)
    }
    const looseSource = (values.get('source') ?? values.get('ref'))?.slice(0, MAX_VALUE)
    return { campaign, looseSource, click: clickOf(values) }
  },
  { maxLength: LONGEST_WITHOUT_CLICK_ID },
)

function clickOf(values: ReadonlyMap<string, string>): Click | undefined {
  for (const [kind, network] of CLICK_IDS) {
    const id = values.get(kind)
    if (id !== undefined) return { kind, id: id.slice(0, MAX_CLICK_ID), network }
  }
  return undefined
}
